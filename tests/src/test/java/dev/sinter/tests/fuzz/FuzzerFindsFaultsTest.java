package dev.sinter.tests.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.frontend.Model;
import dev.sinter.ir.exec.CompileOptions;
import dev.sinter.ir.exec.Device;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Node;
import dev.sinter.ir.op.AveragePool;
import dev.sinter.ir.op.Binary;
import dev.sinter.tests.support.Devices;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is wrong on purpose is found, and made small.
@NullMarked
class FuzzerFindsFaultsTest {
    private static final int NETWORKS = 300;

    @Test
    void a_device_that_gets_some_pools_wrong_is_found_out() {
        Device faulty = new FaultyDevice(Devices.of(Devices.JVM), FuzzerFindsFaultsTest::isStridedAverage);
        Fuzzer.Case found = firstFound(new Subject("faulty", faulty, CompileOptions.DEFAULT));
        assertEquals(Failure.Kind.WRONG, found.failure().kind(), found.toString());
        assertEquals(1, found.network().nodes().size(), found.toString());
        assertEquals("AveragePool", found.network().nodes().getFirst().operator());
        assertTrue(found.network().inputs().values().iterator().next().shape().elements() < 30, found.toString());
    }

    @Test
    void a_wrong_rewriting_is_found_out() {
        Subject subject = new Subject(
                "wrong rewriting",
                Devices.of(Devices.JVM),
                _ -> CompileOptions.DEFAULT,
                false,
                FuzzerFindsFaultsTest::withSubtractionTurned,
                Optional.empty());
        Fuzzer.Case found = firstFound(subject);
        assertEquals(Failure.Kind.WRONG, found.failure().kind(), found.toString());
        assertTrue(found.network().nodes().size() <= 2, found.toString());
    }

    @Test
    void a_network_that_fails_is_written_where_it_is_said_to_be(@TempDir Path folder) throws Exception {
        Device faulty = new FaultyDevice(Devices.of(Devices.JVM), FuzzerFindsFaultsTest::isStridedAverage);
        Fuzzer.Case found = firstFound(new Subject("faulty", faulty, CompileOptions.DEFAULT));
        String told = new CaseFiles(folder).write(found);
        Path text = folder.resolve("seed" + found.seed() + "-wrong-faulty.sir");
        assertTrue(told.contains("./sinter verify " + text.toAbsolutePath()), told);
        assertEquals(1, Model.read(text).graph().nodes().size());
        assertTrue(Files.readString(folder.resolve("seed" + found.seed() + "-wrong-faulty.schedule"))
                .contains("average_pool"));
    }

    @Test
    void the_same_seed_makes_the_same_network() {
        for (long seed = 0; seed < 20; seed++) {
            assertEquals(RandomModels.of(seed), RandomModels.of(seed));
        }
        assertTrue(LongStream.range(0, 20).mapToObj(RandomModels::of).distinct().count() > 15);
    }

    private static Fuzzer.Case firstFound(Subject subject) {
        Fuzzer fuzzer = new Fuzzer(_ -> List.of(subject));
        for (long seed = 0; seed < NETWORKS; seed++) {
            List<Fuzzer.Case> found = fuzzer.check(seed);
            if (!found.isEmpty()) {
                return found.getFirst();
            }
        }
        throw new AssertionError("nothing found: " + fuzzer.summary());
    }

    private static boolean isStridedAverage(Node node) {
        return node.op() instanceof AveragePool pool && pool.window().strides().contains(2L);
    }

    private static Graph withSubtractionTurned(Graph graph) {
        List<Node> nodes = graph.nodes().stream()
                .map(node -> node.op().equals(new Binary(Binary.Kind.SUB))
                        ? new Node(node.name(), node.op(), node.inputs().reversed(), node.outputs())
                        : node)
                .toList();
        return graph.with(graph.constants(), nodes);
    }
}
