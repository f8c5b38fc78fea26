package dev.sinter.tests.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.tests.support.GoldenFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The documentation says of every ONNX operator what is true of it.
@NullMarked
class OnnxOperatorsDocumentedTest {
    private static final Path PAGE = Path.of("../docs/operators.md");
    private static final Path EXAMPLES = Path.of("src/test/resources/onnx/examples.txt");

    @Test
    void the_table_of_operators_says_what_the_compiler_does() throws IOException {
        OperatorPage page = new OperatorPage(Files.readString(PAGE));
        assertEquals(List.of(), page.unexplained(), "has no explanation in the last column of " + PAGE);
        String current = page.current(Files.readAllLines(EXAMPLES));
        List<String> without =
                current.lines().filter(line -> line.contains(" |  |  | ")).toList();
        assertEquals(List.of(), without, "needs an example in " + EXAMPLES);
        GoldenFile.requireSame(PAGE, current, "Onnx*");
    }
}
