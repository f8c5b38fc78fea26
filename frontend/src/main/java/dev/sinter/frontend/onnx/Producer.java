package dev.sinter.frontend.onnx;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Who files say wrote them.
final class Producer {
    static final String NAME = "sinter";

    private static final String PROPERTIES = "/META-INF/maven/dev.sinter/sinter-frontend/pom.properties";

    private Producer() {}

    /// For example `0.1.0`; empty where classes do not lie in a jar.
    static String version() {
        try (InputStream file = Producer.class.getResourceAsStream(PROPERTIES)) {
            if (file == null) {
                return "";
            }
            Properties properties = new Properties();
            properties.load(file);
            return properties.getProperty("version", "");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
