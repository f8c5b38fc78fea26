package dev.sinter.tests.verify;

import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.GraphParser;
import dev.sinter.tests.support.Devices;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/// A layer that reads two tensors in one memory is given the same numbers by both.
@NullMarked
class SharedMemoryTest {
    @Test
    void a_layer_that_reads_a_tensor_and_its_reshape_is_judged_by_what_it_reads() {
        Verified.exact(graph("""
            %x: f32[2,3] = input
            %turned = reshape(%x) shape=[3,2]
            %y = matmul(%x, %turned)
            return %y
            """), Devices.of(Devices.JVM));
    }

    private static Graph graph(String statements) {
        return GraphParser.parse("sinter.graph 1\ngraph shared {\n" + statements + "}\n", "shared");
    }
}
