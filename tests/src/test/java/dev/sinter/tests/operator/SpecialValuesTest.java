package dev.sinter.tests.operator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.StepVerdict;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.SampleTargets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// NaN, infinities and zeros of either sign come out as the kind that the oracle says, whatever they go through.
@NullMarked
class SpecialValuesTest {
    private static final float NAN = Float.NaN;
    private static final float INFINITY = Float.POSITIVE_INFINITY;

    /// Squares of the large ones overflow; sums of them do not, which with an infinity beside could be anything.
    private static final float[] SPECIAL = {NAN, INFINITY, -INFINITY, -0f, 0f, 1e30f, -1e30f};

    private static final List<Sample> SAMPLES = List.of(
            Sample.of("relu", "relu", "", Sample.x(1, 17, 3, 5)),
            Sample.of("leaky_relu", "leaky_relu", "alpha=0.1", Sample.x(1, 5, 3, 5)),
            Sample.of("prelu", "prelu", "", Sample.x(1, 5, 3, 5), Sample.x(5, 1, 1)),
            Sample.of("clip", "clip", "min=-1 max=6", Sample.x(1, 16, 3, 5)),
            Sample.of("clip_below", "clip", "min=-inf max=1", Sample.x(33)),
            Sample.of("max", "max", "", Sample.x(7, 17), Sample.x(7, 17)),
            Sample.of("min", "min", "", Sample.x(7, 17), Sample.x(7, 1)),
            Sample.of("add", "add", "", Sample.x(7, 33), Sample.x(7, 33)),
            Sample.of("mul", "mul", "", Sample.x(7, 33), Sample.x(33)),
            Sample.of("div", "div", "", Sample.x(7, 33), Sample.x(7, 33)),
            Sample.of("max_pool", "max_pool", "kernel=[3,3] strides=[2,2] pads=[1,1,1,1]", Sample.x(1, 17, 9, 9)),
            Sample.of("max_pool_1d", "max_pool", "kernel=[2]", Sample.x(1, 3, 33)),
            Sample.of("average_pool", "average_pool", "kernel=[2,2] pads=[1,0,0,1]", Sample.x(1, 17, 7, 7)),
            Sample.of("reduce_max", "reduce_max", "axes=[-1] keep_dims=false", Sample.x(17, 7)),
            Sample.of("reduce_min", "reduce_min", "axes=[-1] keep_dims=false", Sample.x(17, 7)),
            Sample.of("reduce_prod", "reduce_prod", "axes=[-1] keep_dims=false", Sample.x(33, 3)),
            Sample.of("arg_max", "arg_max", "axis=1 keep_dims=false last_of_equal=false", Sample.x(33, 9)),
            Sample.of("arg_max_of_columns", "arg_max", "axis=0 keep_dims=true last_of_equal=true", Sample.x(5, 33)),
            Sample.of("arg_min", "arg_min", "axis=-1 keep_dims=false last_of_equal=true", Sample.x(33, 9)),
            Sample.of(
                    "max_pool_indices",
                    "max_pool_indices",
                    "kernel=[3,3] strides=[2,2] pads=[1,1,1,1] column_major=true",
                    Sample.x(1, 17, 9, 9)),
            Sample.of("lp_pool", "lp_pool", "kernel=[2,2] pads=[1,0,0,1] p=2", Sample.x(1, 17, 7, 7)),
            Sample.of("running_sums", "cumulative_sum", "axis=1 exclusive=true reverse=true", Sample.x(17, 3)),
            Sample.of("triangle", "triangle", "upper=true diagonal=1", Sample.x(7, 17)),
            Sample.of("one_hot", "one_hot", "axis=0 depth=3", Sample.x(33), Sample.x(2)),
            Sample.of("log_sum_exp", "reduce_log_sum_exp", "axes=[-1] keep_dims=false", Sample.x(17, 4)),
            Sample.of("log_sum_exp_of_columns", "reduce_log_sum_exp", "axes=[0] keep_dims=true", Sample.x(3, 33)),
            Sample.of("reduce_mean", "reduce_mean", "axes=[2,3] keep_dims=true", Sample.x(2, 17, 2, 2)),
            Sample.of("softmax", "softmax", "axis=1", Sample.x(33, 5)),
            Sample.of("softmax_of_channels", "softmax", "axis=1", Sample.x(1, 3, 5, 7)),
            Sample.of("conv", "conv", "pads=[1,1,1,1]", Sample.x(1, 2, 7, 7), Sample.w(17, 2, 3, 3)),
            Sample.of("depthwise", "conv", "pads=[1,1,1,1] groups=16", Sample.x(1, 16, 5, 5), Sample.w(16, 1, 3, 3)),
            Sample.of(
                    "gemm",
                    "gemm",
                    "alpha=1 beta=1 transpose_a=false transpose_b=true",
                    Sample.x(17, 3),
                    Sample.w(5, 3),
                    Sample.x(5)),
            Sample.of("tanh", "tanh", "", Sample.x(33)),
            Sample.of("sigmoid", "sigmoid", "", Sample.x(33)),
            Sample.of("exp", "exp", "", Sample.x(33)),
            Sample.of("log", "log", "", Sample.x(33)),
            Sample.of("sqrt", "sqrt", "", Sample.x(33)),
            Sample.of("reciprocal", "reciprocal", "", Sample.x(33)),
            Sample.of("erf", "erf", "", Sample.x(33)),
            Sample.of("abs", "abs", "", Sample.x(33)),
            Sample.of("floor", "floor", "", Sample.x(33)),
            Sample.of("round", "round", "", Sample.x(33)),
            Sample.of("pow", "pow", "", Sample.x(17, 7), Sample.x(7)),
            Sample.of("cast_to_int8", "cast", "element=int8", Sample.x(33)),
            Sample.of("cast_to_uint8", "cast", "element=uint8", Sample.x(33)),
            Sample.of("cast_to_int16", "cast", "element=int16", Sample.x(33)),
            Sample.of("cast_to_uint16", "cast", "element=uint16", Sample.x(33)),
            Sample.of("cast_to_int32", "cast", "element=int32", Sample.x(33)),
            Sample.of("cast_to_uint32", "cast", "element=uint32", Sample.x(33)),
            Sample.of("cast_to_int64", "cast", "element=int64", Sample.x(33)),
            Sample.of("cast_to_uint64", "cast", "element=uint64", Sample.x(33)),
            Sample.of("cast_to_bool", "cast", "element=bool", Sample.x(33)),
            Sample.of("round_to_float16", "round_to", "format=float16 saturate=false direction=up", Sample.x(33)),
            Sample.of(
                    "round_to_float16_or_the_largest",
                    "round_to",
                    "format=float16 saturate=true direction=up",
                    Sample.x(33)),
            Sample.of("round_to_bfloat16", "round_to", "format=bfloat16 saturate=false direction=up", Sample.x(33)),
            Sample.of(
                    "round_to_bfloat16_or_the_largest",
                    "round_to",
                    "format=bfloat16 saturate=true direction=up",
                    Sample.x(33)),
            Sample.of(
                    "round_to_float8e4m3fn",
                    "round_to",
                    "format=float8e4m3fn saturate=false direction=up",
                    Sample.x(33)),
            Sample.of(
                    "round_to_float8e4m3fn_or_the_largest",
                    "round_to",
                    "format=float8e4m3fn saturate=true direction=up",
                    Sample.x(33)),
            Sample.of("round_to_float8e5m2", "round_to", "format=float8e5m2 saturate=false direction=up", Sample.x(33)),
            Sample.of(
                    "round_to_float8e5m2_or_the_largest",
                    "round_to",
                    "format=float8e5m2 saturate=true direction=up",
                    Sample.x(33)),
            Sample.of("round_to_float8e8m0", "round_to", "format=float8e8m0 saturate=false direction=up", Sample.x(33)),
            Sample.of(
                    "round_to_float8e8m0_or_the_largest",
                    "round_to",
                    "format=float8e8m0 saturate=true direction=up",
                    Sample.x(33)),
            Sample.of("round_to_float4e2m1", "round_to", "format=float4e2m1 saturate=false direction=up", Sample.x(33)),
            Sample.of(
                    "round_to_float4e2m1_or_the_largest",
                    "round_to",
                    "format=float4e2m1 saturate=true direction=up",
                    Sample.x(33)),
            Sample.of("quantize", "quantize", "element=int8 least=-128 most=127", Sample.x(33)),
            Sample.of("quantize_to_positive", "quantize", "element=uint8 least=3 most=255", Sample.x(33)),
            Sample.of("conv_relu_max_pool", """
                %x: f32[1,3,8,8] = input
                %w: f32[16,3,1,1] = constant random 1
                %conv = conv(%x, %w)
                %relu = relu(%conv)
                %y = max_pool(%relu) kernel=[2,2] strides=[2,2]
                return %y\
                """),
            Sample.of("concat_then_pad", """
                %x: f32[1,3,5] = input
                %z: f32[1,2,5] = input
                %joined = concat(%x, %z) axis=1
                %y = pad(%joined) pads=[0,0,2,0,0,3] mode=constant value=nan
                return %y\
                """));

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void printed_kernels_keep_the_kind_of_special_values(String target) {
        keepsKinds(new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Tag("opencl")
    @Test
    void opencl_keeps_the_kind_of_special_values() {
        keepsKinds(Devices.of(Devices.OPENCL));
    }

    @Test
    void the_jvm_keeps_the_kind_of_special_values() {
        keepsKinds(Devices.of(Devices.JVM));
    }

    private static void keepsKinds(Device device) {
        Graph graph = GraphCopy.merged("special", SAMPLES);
        try (Executable executable = Sinter.compile(graph, device, CompileOptions.DEFAULT)) {
            for (long seed = 1; seed <= 3; seed++) {
                VerificationReport report = Verification.bounded(executable, inputs(graph, seed), _ -> {});
                List<String> failures = report.verdicts().stream()
                        .filter(verdict -> !verdict.passed())
                        .map(SpecialValuesTest::tell)
                        .toList();
                assertTrue(failures.isEmpty(), () -> String.join("\n", failures));
            }
        }
    }

    private static String tell(StepVerdict verdict) {
        return verdict.name() + ": " + verdict.judgement();
    }

    /// Random numbers, one in five of them special.
    private static Map<String, Tensor> inputs(Graph graph, long seed) {
        Random random = new Random(seed);
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        for (Value input : graph.inputs()) {
            Tensor tensor = RandomTensors.normal(input.type(), 0, 1, random.nextLong());
            for (long i = 0; i < input.type().shape().elements(); i++) {
                if (random.nextInt(5) == 0) {
                    tensor.set(i, SPECIAL[random.nextInt(SPECIAL.length)]);
                }
            }
            inputs.put(input.name(), tensor);
        }
        return inputs;
    }

    /// What the oracle says is compared with what IEEE 754 and ONNX say.
    @Test
    void the_jvm_and_the_evaluator_agree_with_what_is_written_down() {
        for (Device device : List.of(Devices.of(Devices.JVM), new EvaluatorDevice(SampleTargets.AVX2))) {
            expect(device, "relu", "", new float[] {NAN, INFINITY, -INFINITY}, new float[] {NAN, INFINITY, 0});
            expect(device, "clip", "min=-1 max=1", new float[] {NAN, INFINITY, -INFINITY}, new float[] {NAN, 1, -1});
            expect(device, "softmax", "axis=0", new float[] {-INFINITY, 0, 0}, new float[] {0, 0.5f, 0.5f});
            expect(device, "softmax", "axis=0", new float[] {INFINITY, 0, 0}, new float[] {NAN, NAN, NAN});
            expect(device, "softmax", "axis=0", new float[] {NAN, 0, 0}, new float[] {NAN, NAN, NAN});
            expect(device, "reduce_max", "axes=[0] keep_dims=true", new float[] {1, NAN, 2}, new float[] {NAN});
            expectLogSumExp(device);
            expect(device, "reduce_min", "axes=[0] keep_dims=true", new float[] {1, NAN, 2}, new float[] {NAN});
            expect(device, "reduce_prod", "axes=[0] keep_dims=true", new float[] {0, INFINITY}, new float[] {NAN});
            expect(device, "reduce_prod", "axes=[0] keep_dims=true", new float[] {-2, INFINITY}, new float[] {-INFINITY
            });
            expect(device, "negate", "", new float[] {0, -0f, INFINITY}, new float[] {-0f, 0, -INFINITY});
            expect(device, "sqrt", "", new float[] {-0f, -1, INFINITY}, new float[] {-0f, NAN, INFINITY});
            expect(device, "reciprocal", "", new float[] {0, -0f, INFINITY}, new float[] {INFINITY, -INFINITY, 0});
            expect(device, "leaky_relu", "alpha=0.5", new float[] {NAN, -INFINITY}, new float[] {NAN, -INFINITY});
        }
    }

    private static void expectLogSumExp(Device device) {
        String rows = "axes=[0] keep_dims=true";
        expect(device, "reduce_log_sum_exp", rows, new float[] {1, INFINITY, -2}, new float[] {INFINITY});
        expect(device, "reduce_log_sum_exp", rows, new float[] {INFINITY, -INFINITY}, new float[] {INFINITY});
        expect(device, "reduce_log_sum_exp", rows, new float[] {-INFINITY, -INFINITY}, new float[] {-INFINITY});
        expect(device, "reduce_log_sum_exp", rows, new float[] {-INFINITY, 3}, new float[] {3});
        expect(device, "reduce_log_sum_exp", rows, new float[] {1, NAN, INFINITY}, new float[] {NAN});
        expect(device, "reduce_log_sum_exp", rows, new float[] {-INFINITY, NAN}, new float[] {NAN});
        expect(device, "reduce_log_sum_exp", rows, new float[] {1e4f}, new float[] {1e4f});
    }

    private static void expect(Device device, String mnemonic, String attributes, float[] input, float[] output) {
        Graph graph = Sample.of("special", mnemonic, attributes, Sample.x(input.length))
                .graph();
        try (Executable executable = Sinter.compile(graph, device)) {
            Tensor found = executable.run(Tensor.ofFloats(Shape.of(input.length), input));
            for (int i = 0; i < output.length; i++) {
                assertEquals(output[i], (float) found.get(i), mnemonic + " on " + device.name() + " at " + i);
            }
        }
    }
}
