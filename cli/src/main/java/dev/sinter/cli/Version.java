package dev.sinter.cli;

import dev.sinter.ir.file.BuildVersion;
import picocli.CommandLine.IVersionProvider;

/// The version this was built as, and the Java it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "sinter " + BuildVersion.text(),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
