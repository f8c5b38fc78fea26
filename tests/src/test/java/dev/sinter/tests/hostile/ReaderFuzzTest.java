package dev.sinter.tests.hostile;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Trace;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.rewrite.StandardPasses;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.params.provider.MethodSource;

/// Whatever a file holds, it is read or refused, with a message that names what is wrong, and soon. The build tries the
/// seeds; with `JAZZER_FUZZ=1` in the environment, Jazzer goes on from them, guided by which code they reach.
@NullMarked
class ReaderFuzzTest {
    private static final Path SEEDS = Path.of("src/test/resources/golden");
    private static final long LONGEST_SECONDS = 2;

    static Stream<byte[]> texts() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files
                    .filter(file -> file.toString().endsWith(".sir"))
                    .sorted()
                    .map(ReaderFuzzTest::read)
                    .toList()
                    .stream();
        }
    }

    static Stream<byte[]> models() throws IOException {
        return texts().flatMap(text -> exported(text).stream());
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /// Empty for graphs that ONNX has no operators for.
    private static Optional<byte[]> exported(byte[] text) {
        try {
            return Optional.of(OnnxExport.of(GraphParser.parse(new String(text, StandardCharsets.UTF_8), "seed")));
        } catch (CompileException notInOnnx) {
            return Optional.empty();
        }
    }

    @MethodSource("models")
    @FuzzTest
    void a_model_is_read_or_refused(byte[] data) {
        readOrRefuse(() -> Model.parse(data, "fuzzed").graph());
    }

    @MethodSource("texts")
    @FuzzTest
    void a_text_is_read_or_refused(byte[] data) {
        readOrRefuse(() -> GraphParser.parse(new String(data, StandardCharsets.UTF_8), "fuzzed"));
    }

    private static void readOrRefuse(Supplier<Graph> reader) {
        long start = processorTime();
        try {
            StandardPasses.pipeline().run(reader.get(), Trace.silent());
        } catch (CompileException refused) {
            assertTrue(refused.getMessage() != null, "a fault without a message");
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(processorTime() - start);
        assertTrue(seconds <= LONGEST_SECONDS, () -> "took " + seconds + " s");
    }

    /// Nanoseconds: a machine may have other things to do.
    private static long processorTime() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
