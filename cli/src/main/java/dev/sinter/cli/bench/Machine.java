package dev.sinter.cli.bench;

import dev.sinter.ir.file.BuildVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/// What figures are from.
///
/// @param processor as the system calls it, or its architecture
/// @param threads that run at the same time
public record Machine(String processor, int threads, String system, String java, String sinter) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    public static Machine here() {
        return new Machine(
                model(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                BuildVersion.text());
    }

    private static String model() {
        String architecture = System.getProperty("os.arch", "");
        if (!Files.isReadable(PROCESSORS)) {
            return architecture;
        }
        try (Stream<String> lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(MODEL) && line.contains(":"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(architecture);
        } catch (IOException _) {
            return architecture;
        }
    }

    /// In a few words, for titles.
    public String shortText() {
        return processor + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
}
