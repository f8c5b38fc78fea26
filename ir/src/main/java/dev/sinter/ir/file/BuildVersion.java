package dev.sinter.ir.file;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// The version that this was built as, which files name as who wrote them.
public final class BuildVersion {
    private static final String PROPERTIES = "/META-INF/maven/dev.sinter/sinter-ir/pom.properties";

    private BuildVersion() {}

    /// For example `0.1.0`; `unpackaged` where classes do not lie in a jar.
    public static String text() {
        try (InputStream file = BuildVersion.class.getResourceAsStream(PROPERTIES)) {
            if (file == null) {
                return "unpackaged";
            }
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "unpackaged");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
