package dev.sinter.backend.tornado;

import dev.sinter.backend.opencl.OpenClDialect;
import dev.sinter.backend.opencl.OpenClPrinter;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The kernels of a program as one kernel of OpenCL C that is told by its first buffer which of them it is: version 5.2
/// takes the code of a task graph's first prebuilt task for all of them.
///
/// Parameters are those that TornadoVM gives to kernels which it did not print: four of its own, then buffers with the
/// header that they have in Java. There are as many buffers as the kernel with the most of them has.
public final class PrebuiltProgram {
    /// The name of the kernel.
    public static final String ENTRY = "sinter_run";

    private static final String OWN_PARAMETERS =
            "__global long* _kernel_context, __constant uchar* _constant_region, __local uchar* _local_region,"
                    + " __global int* _atomics";

    private final List<Kernel> kernels = new ArrayList<>();
    private final Map<String, Integer> byText = new LinkedHashMap<>();
    private final Map<Kernel, Integer> numbers = new IdentityHashMap<>();
    private int buffers;

    /// @throws CompileException if a kernel has work-groups, which differ from kernel to kernel
    public PrebuiltProgram(List<Kernel> all) {
        for (Kernel kernel : all) {
            requireSingle(kernel);
            // Kernels that differ by their names only are one.
            Kernel unnamed = new Kernel("k", kernel.label(), kernel.arguments(), kernel.launch(), kernel.body());
            int number = byText.computeIfAbsent(print(unnamed), _ -> {
                kernels.add(kernel);
                return kernels.size() - 1;
            });
            numbers.put(kernel, number);
            buffers = Math.max(buffers, kernel.arguments().size());
        }
    }

    private static void requireSingle(Kernel kernel) {
        long group = kernel.launch() instanceof Launch.NdRange range ? range.groupSize() : 1;
        if (group != 1) {
            throw new CompileException(
                    Code.DEVICE_BUILD,
                    kernel.label(),
                    "its kernel has work-groups of " + group
                            + " but prebuilt kernels are for CPUs, whose groups have 1",
                    "use --tornado-form bytecode");
        }
    }

    private static String print(Kernel kernel) {
        return OpenClPrinter.print(List.of(kernel), OpenClDialect.WIDE);
    }

    /// Which of the kernels in the program one is.
    public int number(Kernel kernel) {
        return Expect.present(numbers.get(kernel), kernel.name());
    }

    /// How many buffers the program takes behind the one that tells the number.
    public int buffers() {
        return buffers;
    }

    /// @param header how many bytes of a buffer come before its first element
    public String source(long header) {
        StringBuilder text = new StringBuilder(OpenClPrinter.print(kernels, OpenClDialect.WIDE));
        text.append("\n__kernel __attribute__((reqd_work_group_size(1, 1, 1)))\nvoid ")
                .append(ENTRY)
                .append('(')
                .append(OWN_PARAMETERS)
                .append(",\n        __global uchar* number");
        for (int buffer = 0; buffer < buffers; buffer++) {
            text.append(", __global uchar* b").append(buffer);
        }
        text.append(") {\n    switch (*(__global int*)(number + ")
                .append(header)
                .append(")) {\n");
        for (int number = 0; number < kernels.size(); number++) {
            text.append("    case ").append(number).append(": ").append(call(kernels.get(number), header));
            text.append("; break;\n");
        }
        return text.append("    }\n}\n").toString();
    }

    private static String call(Kernel kernel, long header) {
        List<String> arguments = new ArrayList<>();
        for (Kernel.Argument argument : kernel.arguments()) {
            String pointer = "__global " + type(argument.buffer().element()) + "*";
            arguments.add("(" + pointer + ")(b" + arguments.size() + " + " + header + ")");
        }
        return kernel.name() + arguments.stream().collect(Collectors.joining(", ", "(", ")"));
    }

    private static String type(ElementType element) {
        return switch (element) {
            case FLOAT32 -> "float";
            case FLOAT64 -> "double";
            case FLOAT16 -> "half";
            case INT8 -> "char";
            case UINT8, BOOL -> "uchar";
            case INT16 -> "short";
            case UINT16 -> "ushort";
            case INT32 -> "int";
            case UINT32 -> "uint";
            case INT64 -> "long";
            case UINT64 -> "ulong";
        };
    }
}
