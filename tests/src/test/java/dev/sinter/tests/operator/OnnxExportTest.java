package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnxruntime.OrtException;
import dev.sinter.frontend.OnnxExport;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphPrinter;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.interp.Judge;
import dev.sinter.ir.interp.Judgement;
import dev.sinter.ir.interp.Verdict;
import dev.sinter.ir.numeric.Rounding;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.tests.reference.OnnxRuntime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is exported means the same to us when we read it again, and to ONNX Runtime.
@NullMarked
class OnnxExportTest {
    /// Samples whose text is not the same when they are read again, by why.
    private static final Map<String, Set<String>> OTHER_TEXT = Map.of(
            "axes are counted from the front, in ascending order",
            Set.of(
                    "reduce_sum_of_rows",
                    "reduce_mean_of_batch_and_rows",
                    "reduce_mean_without_dims",
                    "reduce_min_of_rows",
                    "reduce_prod_of_rows",
                    "arg_max_of_rows",
                    "running_sums_before",
                    "diagonal_of_the_outer",
                    "softmax_of_1000_classes",
                    "softmax_of_rows",
                    "attention"),
            "what is known is computed during the import",
            Set.of(
                    "round_goes_to_even",
                    "conv_of_integers",
                    "matmul_of_integers",
                    "cast_of_floats_to_i8",
                    "cast_of_floats_to_u8",
                    "cast_of_floats_to_i16",
                    "cast_of_floats_to_u16",
                    "cast_of_floats_to_i32",
                    "cast_of_floats_to_u32",
                    "cast_of_floats_to_i64",
                    "cast_of_floats_to_u64",
                    "cast_of_floats_to_bool"),
            "indices come with the values that they are of",
            Set.of(
                    "max_pool_indices",
                    "max_pool_indices_padded",
                    "max_pool_indices_by_columns",
                    "max_pool_indices_1d",
                    "max_pool_indices_3d",
                    "unpool_of_pooled"),
            "constants have another order",
            Set.of("quantised_and_back_around_a_conv"));

    /// ONNX quantises to the whole range of a type, with one zero point.
    private static final Set<String> OTHER_RANGES = Set.of(
            "quantize_to_bytes",
            "quantize_to_four_bits",
            "quantize_to_shorts",
            "quantize_with_a_zero_point_for_each_channel");

    /// Those that ONNX has operators for. What is imported computes in f32, so that doubles are left out.
    static List<Sample> samples() {
        return OperatorSamples.all().stream()
                .filter(OnnxExportTest::isInOnnx)
                .filter(sample ->
                        values(sample.graph()).noneMatch(value -> value.type().element() == ElementType.FLOAT64))
                .toList();
    }

    static boolean isInOnnx(Sample sample) {
        return !OTHER_RANGES.contains(sample.name())
                && sample.operators().stream()
                        .noneMatch(op -> EveryOperatorTest.NOT_IN_ONNX.containsKey(op.mnemonic()));
    }

    /// Of numbers and truth values: ONNX Runtime has many operators of integers for some types only.
    static List<Sample> floatSamples() {
        return samples().stream()
                .filter(sample -> values(sample.graph())
                        .map(value -> value.type().element())
                        .allMatch(element -> element == ElementType.FLOAT32 || element == ElementType.BOOL))
                .toList();
    }

    private static Stream<Value> values(Graph graph) {
        return Stream.concat(graph.inputs().stream(), graph.outputs().stream());
    }

    static List<String> networks() {
        return Zoo.names();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void samples_are_read_as_they_were_written(Sample sample) {
        RoundTrip trip = RoundTrip.of(sample.graph());
        trip.requireSameBits(1);
        String written = GraphPrinter.print(trip.written());
        String read = GraphPrinter.print(trip.read());
        if (OTHER_TEXT.values().stream().anyMatch(names -> names.contains(sample.name()))) {
            assertNotEquals(written, read);
        } else {
            assertEquals(written, read);
        }
    }

    @ParameterizedTest
    @MethodSource("networks")
    void networks_of_the_zoo_are_read_as_they_were_written(String name) {
        RoundTrip trip = RoundTrip.of(Zoo.graph(name, 1, 7));
        assertEquals(
                GraphPrinter.print(trip.written(), GraphPrinter.Constants.ELIDED),
                GraphPrinter.print(trip.read(), GraphPrinter.Constants.ELIDED));
        trip.requireSameConstants();
    }

    @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
    void random_networks_are_read_as_they_were_written(@ForAll long seed) {
        RoundTrip.of(RandomNetwork.of(seed)).requireSameBits(seed);
    }

    @ParameterizedTest
    @MethodSource("floatSamples")
    void onnx_runtime_agrees_on_samples(Sample sample) throws Exception {
        if (OnnxRuntimeLimits.refuses(sample.graph())) {
            assertThrows(OrtException.class, () -> requireAgreement(sample.graph()));
        } else {
            requireAgreement(sample.graph());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lenet5", "lenet5-1998", "mobilenetv2", "mlp", "dilated", "encoder-decoder", "unet"})
    void onnx_runtime_agrees_on_small_networks(String name) throws Exception {
        requireAgreement(Zoo.graph(name, 2, 7));
    }

    @Property(tries = 100, seed = "1", shrinking = ShrinkingMode.OFF)
    void onnx_runtime_agrees_on_random_networks(@ForAll long seed) throws Exception {
        Graph graph = RandomNetwork.of(seed);
        Assume.that(!OnnxRuntimeLimits.refuses(graph) && !OnnxRuntimeLimits.takesTheMaximumOfNothing(graph));
        requireAgreement(graph);
    }

    @Test
    void what_onnx_does_not_have_is_refused() {
        OperatorSamples.all().stream().filter(sample -> !isInOnnx(sample)).forEach(sample -> {
            CompileException fault = assertThrows(CompileException.class, () -> OnnxExport.of(sample.graph()));
            assertEquals(Code.ONNX_OPERATOR, fault.code());
        });
    }

    private static void requireAgreement(Graph graph) throws Exception {
        Map<String, Tensor> inputs = Conformance.inputs(graph, 5);
        Map<String, Tensor> theirs = OnnxRuntime.run(OnnxExport.of(graph), inputs);
        for (Value output : graph.outputs()) {
            Tensor found = Objects.requireNonNull(theirs.get(output.name()));
            Judgement judgement = new Judge(Rounding.serial())
                    .judge(
                            found,
                            rounding -> Objects.requireNonNull(
                                    oracle(graph, rounding).evaluate(inputs).get(output)));
            assertNotEquals(Verdict.FAILED, judgement.verdict(), judgement::toString);
        }
    }

    /// ONNX Runtime computes with constants too before it runs a network.
    private static Interpreter oracle(Graph graph, Rounding rounding) {
        return new Interpreter(graph, rounding, graph.constants().keySet());
    }
}
