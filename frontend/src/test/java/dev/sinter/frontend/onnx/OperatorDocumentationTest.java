package dev.sinter.frontend.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.ir.diag.CompileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// The table of ONNX operators in `docs/operators.md` says what the importer's own table says.
@NullMarked
class OperatorDocumentationTest {
    @Test
    void every_onnx_operator_is_documented_with_its_opsets() throws IOException {
        Map<String, String> imported = new TreeMap<>();
        OperatorTable.names().forEach(name -> imported.put(name, opsets(name)));
        assertEquals(imported, documented());
    }

    private static String opsets(String operator) {
        long[] known = LongStream.rangeClosed(1, Opset.NEWEST)
                .filter(opset -> isKnown(operator, opset))
                .toArray();
        long last = known[known.length - 1];
        return known[0] + (last == Opset.NEWEST ? "+" : " to " + last);
    }

    private static boolean isKnown(String operator, long opset) {
        try {
            OperatorTable.find(operator, opset, "documentation");
            return true;
        } catch (CompileException _) {
            return false;
        }
    }

    /// Rows whose first column names operators, and whose second says in which opsets.
    private static Map<String, String> documented() throws IOException {
        String page = Files.readString(Path.of("../docs/operators.md"));
        String table = page.substring(page.indexOf("| ONNX | opsets |"), page.indexOf("## To ONNX"));
        Map<String, String> opsets = new TreeMap<>();
        table.lines().skip(2).filter(line -> line.startsWith("| ")).forEach(line -> {
            String[] columns = line.split("\\|");
            for (String operator : columns[1].split(",")) {
                opsets.put(operator.strip(), columns[2].strip());
            }
        });
        return opsets;
    }
}
