package dev.sinter.cli;

import picocli.CommandLine.IVersionProvider;

/// The version this was built as, and the Java it runs on.
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String built = Version.class.getPackage().getImplementationVersion();
        return new String[] {
            "sinter " + (built == null ? "(not packaged)" : built),
            "Java " + Runtime.version() + " on " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
        };
    }
}
