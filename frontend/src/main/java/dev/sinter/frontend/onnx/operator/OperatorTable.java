package dev.sinter.frontend.onnx.operator;

import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.NearestNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Every ONNX operator that can be imported, by its name. Those of other domains than ONNX's own have the domain before
/// it: `com.microsoft.FusedConv`.
public final class OperatorTable {
    private static final Map<String, List<Row>> ROWS = new TreeMap<>();

    static {
        Stream.of(
                        Convolutions.ROWS,
                        Pooling.ROWS,
                        Activations.ROWS,
                        Functions.ROWS,
                        ArithmeticOperators.ROWS,
                        Products.ROWS,
                        Normalizations.ROWS,
                        Standardizations.ROWS,
                        Softmaxes.ROWS,
                        Reductions.ROWS,
                        Movement.ROWS,
                        Reshaping.ROWS,
                        Slicing.ROWS,
                        Gathering.ROWS,
                        Sampling.ROWS,
                        Repetition.ROWS,
                        Resizing.ROWS,
                        ConstantOperators.ROWS,
                        Conversions.ROWS,
                        Quantization.ROWS,
                        IntegerProducts.ROWS,
                        QuantizedOperators.ROWS,
                        QuantizedProducts.ROWS,
                        QonnxOperators.ROWS,
                        Comparisons.ROWS,
                        FusedOperators.ROWS,
                        ExperimentalOperators.ROWS,
                        FilledTensors.ROWS,
                        Selections.ROWS,
                        PlaceOperators.ROWS,
                        Imaging.ROWS,
                        Einsums.ROWS,
                        RecurrentLayers.ROWS,
                        ControlFlow.ROWS,
                        Scans.ROWS,
                        Attentions.ROWS)
                .flatMap(List::stream)
                .forEach(row ->
                        ROWS.computeIfAbsent(row.name(), _ -> new ArrayList<>()).add(row));
    }

    private OperatorTable() {}

    /// The name of an operator here.
    public static String name(String domain, String operator) {
        return Opset.isStandard(domain) ? operator : domain + "." + operator;
    }

    public static SortedSet<String> names() {
        return new TreeSet<>(ROWS.keySet());
    }

    public static boolean knows(String operator) {
        return ROWS.containsKey(operator);
    }

    /// The row that says what `operator` means in `opset`.
    ///
    /// @param place the node, for messages
    /// @throws CompileException if there is none
    public static Row find(String operator, long opset, String place) {
        List<Row> rows = ROWS.get(operator);
        if (rows == null) {
            throw new CompileException(
                    Code.ONNX_OPERATOR,
                    place,
                    "operator '" + operator + "' is not supported",
                    NearestNames.hint(operator, ROWS.keySet()).orElse(null));
        }
        for (Row row : rows) {
            if (row.since() <= opset && opset <= row.until()) {
                return row;
            }
        }
        throw new CompileException(
                Code.ONNX_OPSET,
                place,
                "operator '" + operator + "' exists in opsets "
                        + rows.getFirst().since() + " to " + rows.getLast().until()
                        + " but the model is written for opset " + opset,
                null);
    }
}
