package dev.sinter.tests.operator;

import static dev.sinter.tests.operator.OnnxExample.integer;
import static dev.sinter.tests.operator.OnnxExample.integers;
import static dev.sinter.tests.operator.OnnxExample.number;
import static dev.sinter.tests.operator.OnnxExample.word;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.OnnxExport;
import dev.sinter.frontend.onnx.proto.ModelProto;
import dev.sinter.frontend.onnx.proto.NodeProto;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.OpCatalog;
import dev.sinter.ir.op.CustomOp;
import dev.sinter.ir.op.Op;
import dev.sinter.ir.type.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// An operator is finished when it can be imported, is held against the oracle on every device, and is written about.
/// An operator here is a mnemonic of IR text: a record that Op permits, or one kind of it.
@NullMarked
class EveryOperatorTest {
    private static final String GRADIENT = "part of gradients, which ONNX names and does not write out";

    /// What no ONNX operator becomes, nor can be exported, and why.
    static final Map<String, String> NOT_IN_ONNX = Map.ofEntries(
            Map.entry("gate_less", GRADIENT),
            Map.entry("gate_less_equal", GRADIENT),
            Map.entry("gate_equal", GRADIENT),
            Map.entry("winograd_conv", "a form of conv that is made for a device"),
            Map.entry("round_to", "ONNX holds rounded numbers in their own type; Cast to that and back becomes this"),
            Map.entry("resample", "Resize becomes it, but it says more: any weights at any places"),
            Map.entry("conv_weight_gradient", GRADIENT),
            Map.entry("max_pool_gradient", GRADIENT),
            Map.entry("average_pool_gradient", GRADIENT),
            Map.entry("softmax_cross_entropy", "SoftmaxCrossEntropyLoss takes class numbers, which are no floats"));

    /// For each operator a model that the importer makes it from.
    private static final Map<String, OnnxExample> FROM_ONNX = Map.ofEntries(
            Map.entry("conv", OnnxExample.of("Conv", 11, "1,3,5,5 | 4,3,3,3")),
            Map.entry("conv_transpose", OnnxExample.of("ConvTranspose", 11, "1,3,5,5 | 3,4,2,2")),
            Map.entry("max_pool", OnnxExample.of("MaxPool", 12, "1,3,4,4", integers("kernel_shape", 2, 2))),
            Map.entry("average_pool", OnnxExample.of("AveragePool", 11, "1,3,4,4", integers("kernel_shape", 2, 2))),
            Map.entry("reduce_sum", OnnxExample.of("ReduceSum", 11, "2,3,5", integers("axes", 1))),
            Map.entry("reduce_mean", OnnxExample.of("GlobalAveragePool", 1, "1,3,5,5")),
            Map.entry("reduce_log_sum_exp", OnnxExample.of("ReduceLogSumExp", 13, "2,3")),
            Map.entry("reduce_max", OnnxExample.of("GlobalMaxPool", 1, "1,3,5,5")),
            Map.entry("reduce_min", OnnxExample.of("ReduceMin", 13, "2,3")),
            Map.entry("reduce_prod", OnnxExample.of("ReduceProd", 13, "2,3")),
            Map.entry("arg_max", OnnxExample.of("ArgMax", 13, "2,3").yieldingIndices(0)),
            Map.entry("arg_min", OnnxExample.of("ArgMin", 13, "2,3").yieldingIndices(0)),
            Map.entry(
                    "max_pool_indices",
                    OnnxExample.of("MaxPool", 12, "1,3,4,4", integers("kernel_shape", 2, 2))
                            .yieldingIndices(1)),
            Map.entry("lp_pool", OnnxExample.of("LpPool", 18, "1,3,4,4", integers("kernel_shape", 2, 2))),
            Map.entry("cumulative_sum", OnnxExample.of("CumSum", 14, "2,3").with(1, 1)),
            Map.entry("one_hot", OnnxExample.of("OneHot", 11, "3 | 2").with(1, 5)),
            Map.entry("triangle", OnnxExample.of("Trilu", 14, "3,3")),
            Map.entry("diagonal", OnnxExample.of("Einsum", 12, "3,3", word("equation", "ii->i"))),
            Map.entry(
                    "columns_to_image",
                    OnnxExample.of("Col2Im", 18, "1,4,4").with(1, 3, 3).with(2, 2, 2)),
            Map.entry(
                    "unpool",
                    OnnxExample.of("MaxUnpool", 11, "1,1,2,2", integers("kernel_shape", 2, 2))
                            .with(1, Shape.of(1, 1, 2, 2), 0, 2, 6, 8)),
            Map.entry("relu", OnnxExample.of("Relu", 14, "3")),
            Map.entry("sigmoid", OnnxExample.of("Sigmoid", 13, "3")),
            Map.entry("tanh", OnnxExample.of("Tanh", 13, "3")),
            Map.entry("exp", OnnxExample.of("Exp", 13, "3")),
            Map.entry("log", OnnxExample.of("Log", 13, "3")),
            Map.entry("sqrt", OnnxExample.of("Sqrt", 13, "3")),
            Map.entry("abs", OnnxExample.of("Abs", 13, "3")),
            Map.entry("negate", OnnxExample.of("Neg", 13, "3")),
            Map.entry("reciprocal", OnnxExample.of("Reciprocal", 13, "3")),
            Map.entry("erf", OnnxExample.of("Erf", 13, "3")),
            Map.entry("floor", OnnxExample.of("Floor", 13, "3")),
            Map.entry("ceil", OnnxExample.of("Ceil", 13, "3")),
            Map.entry("round", OnnxExample.of("Round", 11, "3")),
            Map.entry("leaky_relu", OnnxExample.of("LeakyRelu", 16, "3")),
            Map.entry("prelu", OnnxExample.of("PRelu", 16, "3 | 1")),
            Map.entry("clip", OnnxExample.of("Clip", 6, "3", number("min", 0))),
            Map.entry("softmax", OnnxExample.of("Softmax", 13, "2,3")),
            Map.entry("add", OnnxExample.of("Add", 14, "2,3 | 3")),
            Map.entry("sub", OnnxExample.of("Sub", 14, "2,3 | 3")),
            Map.entry("mul", OnnxExample.of("Mul", 14, "2,3 | 3")),
            Map.entry("div", OnnxExample.of("Div", 14, "2,3 | 3")),
            Map.entry("max", OnnxExample.of("Max", 13, "2,3 | 3")),
            Map.entry("min", OnnxExample.of("Min", 13, "2,3 | 3")),
            Map.entry("pow", OnnxExample.of("Pow", 15, "2,3 | 3")),
            Map.entry("matmul", OnnxExample.of("MatMul", 13, "2,3 | 3,4")),
            Map.entry("gemm", OnnxExample.of("Gemm", 13, "2,3 | 3,4 | 4")),
            Map.entry("batch_normalization", OnnxExample.of("BatchNormalization", 15, "1,3,2,2 | 3 | 3 | 3 | 3")),
            Map.entry("lrn", OnnxExample.of("LRN", 13, "1,3,2,2", integer("size", 3))),
            Map.entry("concat", OnnxExample.of("Concat", 13, "1,3 | 1,2", integer("axis", 1))),
            Map.entry("reshape", OnnxExample.of("Reshape", 1, "2,3", integers("shape", 3, 2))),
            Map.entry("gather", OnnxExample.of("Gather", 13, "5,3 | i64 2,2")),
            Map.entry("gather_elements", OnnxExample.of("GatherElements", 13, "5,3 | i64 2,3")),
            Map.entry("gather_nd", OnnxExample.of("GatherND", 13, "5,3 | i64 4,2")),
            Map.entry("scatter_elements", OnnxExample.of("ScatterElements", 18, "5,3 | i64 2,3 | 2,3")),
            Map.entry("scatter_nd", OnnxExample.of("ScatterND", 18, "5,3 | i64 4,1 | 4,3")),
            Map.entry("grid_sample", OnnxExample.of("GridSample", 20, "1,3,5,5 | 1,2,2,2")),
            Map.entry("deform_conv", OnnxExample.of("DeformConv", 22, "1,3,5,5 | 4,3,2,2 | 1,8,4,4")),
            Map.entry("roi_align", OnnxExample.of("RoiAlign", 22, "1,3,5,5 | 2,4 | i64 2")),
            Map.entry("flatten", OnnxExample.of("Flatten", 13, "2,3,4")),
            Map.entry("transpose", OnnxExample.of("Transpose", 13, "2,3")),
            Map.entry("pad", OnnxExample.of("Pad", 2, "3", integers("pads", 1, 1))),
            Map.entry("cast", OnnxExample.of("Cast", 13, "bool 3", integer("to", 1))),
            Map.entry("quantize", OnnxExample.of("QuantizeLinear", 13, "3 | 1").yielding(OnnxExample.UINT8)),
            Map.entry("identity", OnnxExample.of("Identity", 16, "3")),
            Map.entry("top_k", OnnxExample.of("TopK", 1, "5", integer("k", 2))),
            Map.entry("non_max_suppression", OnnxExample.of("NonMaxSuppression", 11, "1,6,4 | 1,2,6")),
            Map.entry("non_zero", OnnxExample.of("NonZero", 13, "2,3")),
            Map.entry("compress", OnnxExample.of("Compress", 11, "2,3 | bool 6")),
            Map.entry("unique", OnnxExample.of("Unique", 11, "2,3")),
            Map.entry("sign", OnnxExample.of("Sign", 13, "3")),
            Map.entry("sin", OnnxExample.of("Sin", 7, "3")),
            Map.entry("cos", OnnxExample.of("Cos", 7, "3")),
            Map.entry("tan", OnnxExample.of("Tan", 7, "3")),
            Map.entry("asin", OnnxExample.of("Asin", 7, "3")),
            Map.entry("acos", OnnxExample.of("Acos", 7, "3")),
            Map.entry("atan", OnnxExample.of("Atan", 7, "3")),
            Map.entry("sinh", OnnxExample.of("Sinh", 9, "3")),
            Map.entry("cosh", OnnxExample.of("Cosh", 9, "3")),
            Map.entry("asinh", OnnxExample.of("Asinh", 9, "3")),
            Map.entry("acosh", OnnxExample.of("Acosh", 9, "3")),
            Map.entry("atanh", OnnxExample.of("Atanh", 9, "3")),
            Map.entry("shrink", OnnxExample.of("Shrink", 9, "3")),
            Map.entry("thresholded_relu", OnnxExample.of("ThresholdedRelu", 10, "3")),
            Map.entry("equal", OnnxExample.of("Equal", 13, "2,3 | 3").yielding(OnnxExample.BOOL)),
            Map.entry("less", OnnxExample.of("Less", 13, "2,3 | 3").yielding(OnnxExample.BOOL)),
            Map.entry("less_equal", OnnxExample.of("LessOrEqual", 16, "2,3 | 3").yielding(OnnxExample.BOOL)),
            Map.entry("greater", OnnxExample.of("Greater", 13, "2,3 | 3").yielding(OnnxExample.BOOL)),
            Map.entry(
                    "greater_equal",
                    OnnxExample.of("GreaterOrEqual", 16, "2,3 | 3").yielding(OnnxExample.BOOL)),
            Map.entry("and", OnnxExample.of("And", 7, "bool 2,3 | bool 3").yielding(OnnxExample.BOOL)),
            Map.entry("or", OnnxExample.of("Or", 7, "bool 2,3 | bool 3").yielding(OnnxExample.BOOL)),
            Map.entry("xor", OnnxExample.of("Xor", 7, "bool 2,3 | bool 3").yielding(OnnxExample.BOOL)),
            Map.entry("not", OnnxExample.of("Not", 1, "bool 3").yielding(OnnxExample.BOOL)),
            Map.entry("where", OnnxExample.of("Where", 16, "bool 3 | 2,3 | 3")),
            Map.entry("is_nan", OnnxExample.of("IsNaN", 13, "3").yielding(OnnxExample.BOOL)),
            Map.entry("is_infinite", OnnxExample.of("IsInf", 10, "3").yielding(OnnxExample.BOOL)),
            Map.entry("remainder", OnnxExample.of("Mod", 13, "2,3 | 3", integer("fmod", 1))),
            Map.entry("modulo", OnnxExample.of("Mod", 13, "i64 2,3 | i64 3").yieldingIndices(0)),
            Map.entry(
                    "bit_and",
                    OnnxExample.of("BitwiseAnd", 18, "i64 2,3 | i64 3").yieldingIndices(0)),
            Map.entry(
                    "bit_or", OnnxExample.of("BitwiseOr", 18, "i64 2,3 | i64 3").yieldingIndices(0)),
            Map.entry(
                    "bit_xor",
                    OnnxExample.of("BitwiseXor", 18, "i64 2,3 | i64 3").yieldingIndices(0)),
            Map.entry("bit_not", OnnxExample.of("BitwiseNot", 18, "i64 3").yieldingIndices(0)),
            Map.entry(
                    "shift_left",
                    OnnxExample.of("BitShift", 11, "u8 3 | u8 3", word("direction", "LEFT"))
                            .yielding(OnnxExample.UINT8)),
            Map.entry(
                    "shift_right",
                    OnnxExample.of("BitShift", 11, "u8 3 | u8 3", word("direction", "RIGHT"))
                            .yielding(OnnxExample.UINT8)),
            Map.entry("dropout", OnnxExample.of("Dropout", 10, "3")));

    @Test
    void every_operator_can_be_imported_or_says_why_not() {
        assertEquals(Set.of(), without(FROM_ONNX.keySet(), NOT_IN_ONNX.keySet()), "neither imported nor excused");
        FROM_ONNX.forEach((mnemonic, example) -> {
            List<String> found = example.imported().nodes().stream()
                    .map(node -> node.op().mnemonic())
                    .toList();
            assertTrue(found.contains(mnemonic), example.operator() + " became " + found + ", not " + mnemonic);
        });
    }

    @Test
    void every_operator_has_samples() {
        Set<String> sampled = OperatorSamples.all().stream()
                .flatMap(sample -> sample.operators().stream())
                .map(Op::mnemonic)
                .collect(toCollection(TreeSet::new));
        assertEquals(Set.of(), without(sampled), "no sample");
    }

    @Test
    void every_permitted_record_is_among_the_mnemonics() {
        Set<Class<?>> sampled = OperatorSamples.all().stream()
                .flatMap(sample -> sample.operators().stream())
                .map(Object::getClass)
                .collect(toCollection(java.util.HashSet::new));
        assertEquals(
                List.of(),
                permitted(Op.class)
                        .filter(type -> type != CustomOp.class && !sampled.contains(type))
                        .toList());
    }

    @Test
    void every_operator_has_a_line_in_the_documentation_with_all_its_attributes() throws IOException {
        Map<String, String> lines = documented();
        assertEquals(Set.of(), without(lines.keySet()), "not in docs/operators.md");
        for (Sample sample : OperatorSamples.all()) {
            for (Node node : sample.graph().nodes()) {
                String line = Objects.requireNonNull(lines.get(node.op().mnemonic()));
                for (String attribute : attributes(node)) {
                    assertTrue(
                            line.contains("`" + attribute), "attribute " + attribute + " is not in this line: " + line);
                }
            }
        }
    }

    @Test
    void the_documentation_names_the_onnx_operator_that_each_comes_from() throws IOException {
        Map<String, String> lines = documented();
        FROM_ONNX.forEach((mnemonic, example) -> assertTrue(
                Objects.requireNonNull(lines.get(mnemonic)).contains(example.operator()),
                mnemonic + " comes from " + example.operator() + ", which its line does not say"));
    }

    @Test
    void the_documentation_names_the_onnx_operator_that_each_is_exported_as() throws IOException {
        Map<String, String> lines = documented();
        for (Sample sample : OperatorSamples.all()) {
            List<Node> nodes = sample.graph().nodes();
            if (!OnnxExportTest.isInOnnx(sample)) {
                continue;
            }
            List<NodeProto> exported = ModelProto.parseFrom(OnnxExport.of(sample.graph()))
                    .getGraph()
                    .getNodeList();
            Map<String, String> operators = exported.stream()
                    .flatMap(node -> node.getOutputList().stream().map(output -> Map.entry(output, node.getOpType())))
                    .collect(toMap(Map.Entry::getKey, Map.Entry::getValue));
            boolean rounds = operators.containsValue("QuantizeLinear") || operators.containsValue("DequantizeLinear");
            for (Node node : nodes) {
                String operator = operators.get(node.output().name());
                // Of the steps of rounding to bytes and back, one node stands for several.
                if (rounds && (operator == null || operator.equals("DequantizeLinear"))) {
                    continue;
                }
                String line = Objects.requireNonNull(lines.get(node.op().mnemonic()));
                assertTrue(line.contains(operator + " "), operator + " is not in this line: " + line);
            }
        }
    }

    /// The rows of the tables in `docs/operators.md`, by the mnemonic in the first column.
    private static Map<String, String> documented() throws IOException {
        return Files.readString(Path.of("../docs/operators.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .collect(toMap(line -> line.substring(3, line.indexOf('`', 3)), line -> line));
    }

    private static List<String> attributes(Node node) {
        return Pattern.compile(" ([a-z_]+)=")
                .matcher(GraphPrinter.print(node))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }

    @SafeVarargs
    private static Set<String> without(Set<String>... known) {
        Set<String> missing = new TreeSet<>(OpCatalog.standard().mnemonics());
        Arrays.stream(known).forEach(missing::removeAll);
        return missing;
    }

    private static Stream<Class<?>> permitted(Class<?> type) {
        return type.isSealed()
                ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EveryOperatorTest::permitted)
                : Stream.of(type);
    }
}
