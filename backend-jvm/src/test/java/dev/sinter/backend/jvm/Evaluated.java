package dev.sinter.backend.jvm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sinter.ir.evaluate.EvaluationReport;
import dev.sinter.ir.evaluate.HostMemory;
import dev.sinter.ir.evaluate.KernelEvaluator;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.DoubleSupplier;

/// Holds a printed kernel against the kernel evaluator, on the same numbers.
final class Evaluated {
    private Evaluated() {}

    /// Numbers of the usual size.
    static DoubleSupplier normal(long seed) {
        return new Random(seed)::nextGaussian;
    }

    /// Among others zeros of both signs, infinities, NaN and subnormal numbers.
    static DoubleSupplier extreme(long seed) {
        Random random = new Random(seed);
        double[] values = {0.0, -0.0, 1.0 / 0.0, -1.0 / 0.0, 0.0 / 0.0, 1e-42, -1e-42, 3e38, -3e38, 1, -1, 0.5};
        return () -> random.nextInt(3) == 0 ? values[random.nextInt(values.length)] : random.nextGaussian() * 4;
    }

    /// Runs `kernel` both ways and compares all that the evaluator knows of its output, bit for bit.
    static void assertSameBits(Kernel kernel, DoubleSupplier numbers) {
        assertWithin(0, kernel, numbers);
    }

    /// @param ulps by how many units in the last place results may differ
    static void assertWithin(int ulps, Kernel kernel, DoubleSupplier numbers) {
        Map<Buffer, HostMemory> memory = new LinkedHashMap<>();
        List<Object> arrays = new ArrayList<>();
        for (Kernel.Argument argument : kernel.arguments()) {
            HostMemory contents = argument.written()
                    ? HostMemory.unwritten(
                            argument.buffer().element(), argument.buffer().elements())
                    : HostMemory.of(tensor(argument, numbers), argument.layout());
            memory.put(argument.buffer(), contents);
            arrays.add(array(contents));
        }
        EvaluationReport report = KernelEvaluator.run(kernel, memory);
        assertTrue(report.isClean(), report::toString);

        JvmKernel compiled = JvmKernel.compile(kernel);
        assertTrue(compiled.methodSize().isCompilable(), () -> "a method is too large: " + compiled.methodSize());
        // In two parts and out of order, as threads may.
        int half = compiled.workItems() / 2;
        compiled.run(arrays.toArray(), half, compiled.workItems());
        compiled.run(arrays.toArray(), 0, half);

        int output = kernel.arguments().indexOf(kernel.outputs().getFirst());
        HostMemory expected = memory.get(kernel.outputs().getFirst().buffer());
        for (int i = 0; i < expected.elements(); i++) {
            if (expected.isWritten(i)) {
                int place = i;
                double found = number(arrays.get(output), i, expected.type());
                double distance = Math.abs(found - expected.get(i));
                boolean near = distance <= ulps * Math.ulp((float) expected.get(i));
                if (!near || ulps == 0) {
                    assertEquals(
                            Double.doubleToLongBits(expected.get(i)),
                            Double.doubleToLongBits(found),
                            () -> kernel.name() + ": element " + place + " should be " + expected.get(place)
                                    + " but is " + found);
                }
            }
        }
    }

    private static double number(Object array, int i, ElementType type) {
        return switch (type) {
            case FLOAT16, FLOAT32, FLOAT64, INT8, INT16, INT32, INT64 -> Array.getDouble(array, i);
            case UINT8, BOOL -> Array.getByte(array, i) & 0xff;
            case UINT16 -> Array.getShort(array, i) & 0xffff;
            case UINT32 -> Array.getInt(array, i) & 0xffff_ffffL;
            case UINT64 -> ScalarFunctions.unsignedToDouble(Array.getLong(array, i));
        };
    }

    private static Tensor tensor(Kernel.Argument argument, DoubleSupplier numbers) {
        ElementType element = argument.buffer().element();
        Tensor tensor =
                Tensor.allocate(new TensorType(element, argument.layout().logical()));
        for (long i = 0; i < tensor.shape().elements(); i++) {
            double number = numbers.getAsDouble();
            switch (element) {
                case FLOAT16, FLOAT32, FLOAT64 -> tensor.set(i, number);
                // A double, in which contents are handed on, has no room for a wrapped negative number.
                case UINT64 -> tensor.setLong(i, Math.abs((long) (number * 20)));
                case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> tensor.setLong(i, (long) (number * 20));
                case BOOL -> tensor.setLong(i, number > 0 ? 1 : 0);
            }
        }
        return tensor;
    }

    /// The same contents as an array of the JVM, with something else where nothing is written.
    private static Object array(HostMemory memory) {
        Class<?> component = JvmTypes.arrayType(memory.type()).componentType();
        Object array = Array.newInstance(component, Math.toIntExact(memory.elements()));
        for (int i = 0; i < memory.elements(); i++) {
            double value = memory.isWritten(i) ? memory.get(i) : 99;
            switch (memory.type()) {
                case FLOAT32 -> Array.setFloat(array, i, (float) value);
                case FLOAT64 -> Array.setDouble(array, i, value);
                case INT8, UINT8, BOOL -> Array.setByte(array, i, (byte) (long) value);
                case INT16, UINT16 -> Array.setShort(array, i, (short) (long) value);
                case INT32, UINT32 -> Array.setInt(array, i, (int) (long) value);
                case INT64, UINT64 -> Array.setLong(array, i, (long) value);
                case FLOAT16 -> throw new IllegalArgumentException("no f16 on the JVM");
            }
        }
        return array;
    }
}
