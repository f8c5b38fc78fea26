package dev.sinter.tests.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sinter.ir.exec.Device;
import dev.sinter.ir.exec.Executable;
import dev.sinter.ir.exec.Sinter;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.op.Binary;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import dev.sinter.tests.support.Devices;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Drivers share the process with the JVM, and must leave it its signals.
@NullMarked
class SignalsTest {
    private static final long[] DIVIDENDS = {7, -7, 0, 100, -128, 127, 5, 90};
    private static final long[] DIVISORS = {0, 2, 0, -1, -1, 0, 3, 7};

    /// PoCL skips a division by zero wherever it is; then this would yield any number.
    @Tag("opencl")
    @Test
    void java_still_notices_a_division_by_zero_once_opencl_was_used() {
        quotients(ElementType.INT32, Devices.of(Devices.OPENCL));
        assertThrows(ArithmeticException.class, () -> divided(7, zero()));
    }

    private static int divided(int a, int b) {
        return a / b;
    }

    private static int zero() {
        return Integer.parseInt("0");
    }

    @Tag("opencl")
    @ParameterizedTest
    @EnumSource(names = {"INT8", "UINT8", "INT16", "UINT16", "INT32", "UINT32", "INT64", "UINT64"})
    void integers_divided_by_zero_are_zero_and_end_nothing(ElementType element) {
        long[] found = quotients(element, Devices.of(Devices.OPENCL));
        assertArrayEquals(quotients(element, Devices.of(Devices.JVM)), found);
    }

    private static long[] quotients(ElementType element, Device device) {
        TensorType type = TensorType.of(element, DIVIDENDS.length);
        Graph.Builder builder = Graph.builder("quotients");
        Value a = builder.input("a", type);
        Value b = builder.input("b", type);
        Graph graph = builder.output(builder.add("q", new Binary(Binary.Kind.DIV), a, b))
                .build();
        try (Executable executable = Sinter.compile(graph, device)) {
            Map<String, Tensor> inputs = Map.of("a", tensor(type, DIVIDENDS), "b", tensor(type, DIVISORS));
            return executable.run(inputs).get("q").toLongs();
        }
    }

    private static Tensor tensor(TensorType type, long... values) {
        Tensor tensor = Tensor.allocate(type);
        for (int i = 0; i < values.length; i++) {
            tensor.setLong(i, values[i]);
        }
        return tensor;
    }
}
