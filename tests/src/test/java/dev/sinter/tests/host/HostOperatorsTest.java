package dev.sinter.tests.host;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.MemoryPlan;
import dev.sinter.ir.exec.RunContext;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.gradient.Gradients;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.interp.Interpreter;
import dev.sinter.ir.plan.Step;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.verify.ExactNetwork;
import dev.sinter.ir.verify.Verification;
import dev.sinter.ir.verify.VerificationReport;
import dev.sinter.tests.support.Devices;
import dev.sinter.tests.support.EvaluatorDevice;
import dev.sinter.tests.support.Inputs;
import dev.sinter.tests.support.SampleTargets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Networks some of whose nodes run on the host, between kernels.
@NullMarked
public class HostOperatorsTest {
    private static final int THREADS = 8;
    private static final int RUNS = 40;

    /// A node on the host in the middle, whose results kernels read, and one at the end, whose extent is open.
    public static Graph network() {
        return parse("""
            %x: f32[1,3,10,12] = input
            %w: f32[16,3,3,3] = constant random 1
            %conv = conv(%x, %w) pads=[1,1,1,1]
            %relu = relu(%conv)
            %best, %places = top_k(%relu) axis=3 count=6 largest=true
            %v: f32[8,16,3,3] = constant random 2
            %conv2 = conv(%best, %v) pads=[1,1,1,1]
            %pool = max_pool(%conv2) kernel=[2,2] strides=[2,2]
            %found = non_zero(%pool)
            return %pool, %found, %places\
            """);
    }

    private static Graph parse(String statements) {
        return GraphParser.parse("sinter.graph 1\ngraph host {\n" + statements + "\n}\n", "host");
    }

    private static void runsAndVerifies(Device device) {
        Graph graph = network();
        for (CompileOptions options : List.of(CompileOptions.DEFAULT, CompileOptions.DEFAULT.withoutFusion(), kept())) {
            try (Executable executable = Sinter.compile(graph, device, options)) {
                Map<String, Tensor> inputs = Inputs.normal(graph, 3);
                VerificationReport report = Verification.bounded(executable, inputs, _ -> {});
                assertTrue(report.passed(), report.toString());
                assertEquals(List.of("best (top_k)", "found (non_zero)"), labels(report.unchecked()));
                assertEquals(List.of(), report.unjudged());
                assertTrue(report.elements() > 0);
                foundAreThose(executable.run(inputs));
            }
        }
        try (Executable executable = Sinter.compile(ExactNetwork.of(graph, 11), device, kept())) {
            VerificationReport report = Verification.exact(executable, 5, _ -> {});
            assertTrue(report.passed(), report.toString());
            assertEquals(List.of("best (top_k)", "found (non_zero)"), labels(report.unchecked()));
        }
    }

    private static CompileOptions kept() {
        return CompileOptions.DEFAULT.withIntermediatesKept();
    }

    private static List<String> labels(List<Step> steps) {
        return steps.stream().map(step -> step.cluster().last().label()).toList();
    }

    /// What is found are the coordinates of the pool's elements that are not zero.
    private static void foundAreThose(Map<String, Tensor> results) {
        Tensor pool = results.get("pool");
        Tensor found = results.get("found");
        assertTrue(pool != null && found != null);
        Map<String, Tensor> expected = Interpreter.run(
                parse("%pool: f32" + pool.shape() + " = input\n%y = non_zero(%pool)\nreturn %y"), Map.of("pool", pool));
        assertTrue(found.sameBits(expected.values().iterator().next()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"avx512", "avx2", "scalar", "gpu", "fpga"})
    void they_run_between_kernels_of_every_kind_of_target(String target) {
        runsAndVerifies(new EvaluatorDevice(SampleTargets.named(target)));
    }

    @Test
    void they_run_between_kernels_on_the_jvm() {
        runsAndVerifies(Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void they_run_between_kernels_on_opencl() {
        runsAndVerifies(Devices.of(Devices.OPENCL));
    }

    @Test
    void threads_share_one_executable_on_the_jvm() throws Exception {
        threadsShare(Devices.of(Devices.JVM));
    }

    @Tag("opencl")
    @Test
    void threads_share_one_executable_on_opencl() throws Exception {
        threadsShare(Devices.of(Devices.OPENCL));
    }

    private static void threadsShare(Device device) throws Exception {
        Graph graph = network();
        try (Executable executable = Sinter.compile(graph, device);
                ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            List<Map<String, Tensor>> inputs = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                inputs.add(Inputs.normal(graph, thread));
            }
            List<Map<String, Tensor>> alone =
                    inputs.stream().map(executable::run).toList();
            List<Future<Boolean>> same = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int own = thread;
                same.add(threads.submit(() -> {
                    boolean all = true;
                    for (int run = 0; run < RUNS; run++) {
                        int which = (run + own) % THREADS;
                        all &= sameBits(executable.run(inputs.get(which)), alone.get(which));
                    }
                    return all;
                }));
            }
            for (Future<Boolean> thread : same) {
                assertTrue(thread.get());
            }
        }
    }

    private static boolean sameBits(Map<String, Tensor> a, Map<String, Tensor> b) {
        return a.entrySet().stream()
                .allMatch(entry -> entry.getValue().sameBits(java.util.Objects.requireNonNull(b.get(entry.getKey()))));
    }

    @Test
    void a_run_yields_the_extent_that_it_came_to() {
        Graph graph = parse("""
            %x: f32[2,3] = input
            %relu = relu(%x)
            %y = non_zero(%relu)
            return %y\
            """);
        assertTrue(graph.isOpen(graph.outputs().getFirst()));
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            Tensor three = executable.run(Tensor.ofFloats(Shape.of(2, 3), 1, -1, 2, -3, 0, 4));
            assertEquals(Shape.of(2, 3), three.shape());
            assertArrayEquals(new long[] {0, 0, 1, 0, 2, 2}, three.toLongs());
            Tensor none = executable.run(Tensor.ofFloats(Shape.of(2, 3), 0, -1, 0, -3, 0, 0));
            assertEquals(Shape.of(2, 0), none.shape());
        }
    }

    @Test
    void how_many_are_picked_can_be_fed() {
        Graph graph = parse("""
            %x: f32[5] = input
            %k: i64[1] = input
            %halved = leaky_relu(%x) alpha=0.5
            %values, %places = top_k(%halved, %k) axis=0 count=5 largest=true
            return %values, %places\
            """);
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM))) {
            Tensor x = Tensor.ofFloats(Shape.of(5), 1, 5, -2, 5, 3);
            Map<String, Tensor> found = executable.run(Map.of("x", x, "k", Tensor.ofLongs(Shape.of(1), 3)));
            List<Tensor> results = List.copyOf(found.values());
            assertArrayEquals(new float[] {5, 5, 3}, results.get(0).toFloats());
            assertArrayEquals(new long[] {1, 3, 4}, results.get(1).toLongs());
            CompileException fault = assertThrows(
                    CompileException.class, () -> executable.run(Map.of("x", x, "k", Tensor.ofLongs(Shape.of(1), 6))));
            assertEquals(Code.INPUT_DATA, fault.code());
            assertEquals("values (top_k)", fault.where());
        }
    }

    /// Bytes of x, of halved, of the four values and places that the host finds, and of what is doubled.
    @Test
    void what_the_host_yields_takes_memory_too() {
        Graph graph = parse("""
            %x: f32[16] = input
            %halved = leaky_relu(%x) alpha=0.5
            %values, %places = top_k(%halved) axis=0 count=4 largest=true
            %doubled = add(%values, %values)
            return %doubled, %places\
            """);
        MemoryPlan memory = Sinter.program(graph, SampleTargets.SCALAR, CompileOptions.DEFAULT)
                .memory();
        assertEquals(64 + 64 + 16 + 32 + 16, memory.separateBytes());
        assertTrue(memory.peakBytes() <= memory.bytes());
    }

    @Test
    void a_kernel_cannot_read_what_is_open() {
        CompileException fault = assertThrows(CompileException.class, () -> parse("""
            %x: i64[4] = input
            %found = non_zero(%x)
            %y = add(%found, %found)
            return %y\
            """));
        assertEquals(Code.SHAPE_OPEN, fault.code());
        assertTrue(String.valueOf(fault.getMessage()).contains("y (add)"), fault::getMessage);
        assertTrue(fault.fact().contains("found (non_zero)"), fault::fact);
    }

    @Test
    void memory_that_the_host_reads_late_is_kept() {
        Graph graph = parse("""
            %x: f32[64] = input
            %m: f32[64,64] = constant random 1
            %a = matmul(%x, %m)
            %b = matmul(%a, %m)
            %c = matmul(%b, %m)
            %d = matmul(%c, %m)
            %values, %places = top_k(%a) axis=0 count=64 largest=true
            %e = add(%values, %d)
            return %e, %places\
            """);
        Map<String, Tensor> inputs = Inputs.normal(graph, 3);
        try (Executable shared = Sinter.compile(graph, Devices.of(Devices.JVM));
                Executable apart = Sinter.compile(graph, Devices.of(Devices.JVM), kept())) {
            assertTrue(sameBits(shared.run(inputs), apart.run(inputs)));
        }
    }

    @Test
    void kernel_times_are_those_of_all_kernels() {
        Graph graph = network();
        try (Executable executable = Sinter.compile(graph, Devices.of(Devices.JVM));
                RunContext context = executable.newContext()) {
            for (int run = 0; run < 2; run++) {
                Inputs.normal(graph, run).forEach((name, tensor) -> context.write(input(graph, name), tensor));
                executable.steps().forEach(context::start);
                context.finish();
                assertEquals(
                        executable.program().kernels().size(), context.times().size());
            }
        }
    }

    private static Value input(Graph graph, String name) {
        return graph.inputs().stream()
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void they_have_no_gradient() {
        Graph graph = parse("""
            %x: f32[5] = input
            %values, %places = top_k(%x) axis=0 count=1 largest=true
            return %values\
            """);
        Node top = graph.nodes().getFirst();
        CompileException fault =
                assertThrows(CompileException.class, () -> Gradients.of(graph, top.output(), graph.inputs()));
        assertEquals(Code.GRADIENT_OPERATOR, fault.code());
        assertEquals("values (top_k)", fault.where());
    }
}
