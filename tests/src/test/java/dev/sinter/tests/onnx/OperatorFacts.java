package dev.sinter.tests.onnx;

import dev.sinter.frontend.onnx.OnnxModel;
import dev.sinter.frontend.onnx.file.DataType;
import dev.sinter.frontend.onnx.file.Opset;
import dev.sinter.frontend.onnx.operator.OperatorTable;
import dev.sinter.frontend.onnx.operator.Row;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Program;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.tests.support.SampleTargets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;

/// What the compiler does with an ONNX operator, found by trying: its examples are imported and compiled with every
/// element type.
///
/// @param becomes the operators of the graph that the first example becomes
@NullMarked
record OperatorFacts(String opsets, String types, String runs, String becomes) {
    /// Where an operator is computed, the best first.
    private enum Place {
        KERNELS("kernels"),
        HOST("the host"),
        ORACLE("the oracle only"),
        IMPORT("the importer, of known tensors");

        private final String text;

        Place(String text) {
            this.text = text;
        }
    }

    private static final Set<DataType> FLOATING =
            EnumSet.of(DataType.FLOAT, DataType.FLOAT16, DataType.DOUBLE, DataType.BFLOAT16);

    private static final Set<DataType> INTEGERS = EnumSet.of(
            DataType.INT8,
            DataType.UINT8,
            DataType.INT16,
            DataType.UINT16,
            DataType.INT32,
            DataType.UINT32,
            DataType.INT64,
            DataType.UINT64);

    /// Floating-point types of at most 8 bits.
    private static final Set<DataType> NARROW_FLOATING = EnumSet.of(
            DataType.FLOAT8E4M3FN,
            DataType.FLOAT8E4M3FNUZ,
            DataType.FLOAT8E5M2,
            DataType.FLOAT8E5M2FNUZ,
            DataType.FLOAT8E8M0,
            DataType.FLOAT4E2M1);

    private static final Set<DataType> NARROW_INTEGERS =
            EnumSet.of(DataType.INT4, DataType.UINT4, DataType.INT2, DataType.UINT2);

    private static final Set<DataType> TRIED = Stream.of(
                    FLOATING, INTEGERS, Set.of(DataType.BOOL), NARROW_FLOATING, NARROW_INTEGERS)
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(DataType.class)));

    private static final List<DataType> RESULTS =
            List.of(DataType.FLOAT, DataType.BOOL, DataType.INT64, DataType.INT32, DataType.UINT8);
    /// What fits operators that take any tensors of one shape.
    private static final List<OperatorExample> USUAL = List.of(
            OperatorExample.of("T[2,3,4,4]"),
            OperatorExample.of("T[2,3,4,4] T[2,3,4,4]"),
            OperatorExample.of("T[2,3,4,4] T[2,3,4,4] T[2,3,4,4]"));

    /// @param lines the examples of operators that need their own, by [OperatorExample#of(String, List)]
    static OperatorFacts of(String operator, List<String> lines) {
        List<OperatorExample> own = OperatorExample.of(operator, lines);
        List<OperatorExample> examples = own.isEmpty() ? USUAL : own;
        long opset = newest(operator);
        Map<Place, Set<DataType>> places = new EnumMap<>(Place.class);
        Map<DataType, Graph> graphs = new EnumMap<>(DataType.class);
        for (DataType type : TRIED) {
            found(operator, opset, examples, type).ifPresent(found -> {
                places.computeIfAbsent(found.place(), _ -> EnumSet.noneOf(DataType.class))
                        .add(type);
                graphs.put(type, found.graph());
            });
        }
        String types = text(places.values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DataType.class))));
        String becomes = graphs.values().stream()
                .findFirst()
                .map(OperatorFacts::operators)
                .orElse("");
        return new OperatorFacts(opsets(operator), types, runs(places), becomes);
    }

    private static String operators(Graph graph) {
        if (graph.nodes().isEmpty()) {
            return "a known tensor";
        }
        return graph.nodes().stream()
                .map(node -> "`" + node.op().mnemonic() + "`")
                .distinct()
                .collect(Collectors.joining(", "));
    }

    private static String runs(Map<Place, Set<DataType>> places) {
        if (places.size() <= 1) {
            return places.keySet().stream().map(place -> place.text).collect(Collectors.joining());
        }
        List<String> texts = new ArrayList<>();
        places.forEach((place, types) -> texts.add(texts.isEmpty() ? place.text : text(types) + ": " + place.text));
        return String.join("; ", texts);
    }

    private static String text(Set<DataType> types) {
        List<String> words = new ArrayList<>();
        Set<DataType> rest = new LinkedHashSet<>(types);
        if (rest.containsAll(FLOATING)) {
            words.add("floating");
            rest.removeAll(FLOATING);
        }
        if (rest.containsAll(INTEGERS)) {
            words.add("integers");
            rest.removeAll(INTEGERS);
        }
        if (rest.containsAll(NARROW_FLOATING)) {
            words.add("narrow floating");
            rest.removeAll(NARROW_FLOATING);
        }
        if (rest.containsAll(NARROW_INTEGERS)) {
            words.add("narrow integers");
            rest.removeAll(NARROW_INTEGERS);
        }
        rest.forEach(type -> words.add(type.text()));
        return String.join(", ", words);
    }

    private record Found(Place place, Graph graph) {}

    private static Optional<Found> found(String operator, long opset, List<OperatorExample> examples, DataType type) {
        for (boolean known : new boolean[] {false, true}) {
            for (OperatorExample example : examples) {
                for (DataType result : results(type)) {
                    Optional<Graph> graph = imported(example.model(operator, opset, type, result, known));
                    if (graph.isPresent()) {
                        return Optional.of(new Found(known ? Place.IMPORT : place(graph.get()), graph.get()));
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static Set<DataType> results(DataType type) {
        Set<DataType> results = new LinkedHashSet<>(List.of(type));
        results.addAll(RESULTS);
        return results;
    }

    private static Optional<Graph> imported(ModelProto model) {
        try {
            return Optional.of(OnnxModel.parse(model.toByteArray(), "example").graph());
        } catch (CompileException _) {
            return Optional.empty();
        }
    }

    private static Place place(Graph graph) {
        if (graph.nodes().isEmpty()) {
            return Place.IMPORT;
        }
        try {
            Program program = Sinter.program(graph, SampleTargets.AVX2, CompileOptions.DEFAULT);
            return program.plan().steps().stream()
                            .anyMatch(step -> step.kernels().isEmpty())
                    ? Place.HOST
                    : Place.KERNELS;
        } catch (CompileException fault) {
            if (fault.code() == Code.TYPE_ELEMENT) {
                return Place.ORACLE;
            }
            throw fault;
        }
    }

    private static long newest(String operator) {
        return LongStream.rangeClosed(1, Opset.NEWEST)
                .filter(opset -> row(operator, opset).isPresent())
                .max()
                .orElseThrow();
    }

    /// The opsets in which the operator means one thing, one range for each meaning.
    private static String opsets(String operator) {
        Set<String> ranges = new LinkedHashSet<>();
        for (long opset = 1; opset <= Opset.NEWEST; opset++) {
            row(operator, opset)
                    .map(row -> row.until() == Opset.NEWEST
                            ? row.since() + "+"
                            : row.since() == row.until()
                                    ? String.valueOf(row.since())
                                    : row.since() + " to " + row.until())
                    .ifPresent(ranges::add);
        }
        return String.join(", ", ranges);
    }

    private static Optional<Row> row(String operator, long opset) {
        try {
            return Optional.of(OperatorTable.find(operator, opset, "documentation"));
        } catch (CompileException _) {
            return Optional.empty();
        }
    }
}
