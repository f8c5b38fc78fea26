package dev.sinter.backend.tornado;

import dev.sinter.backend.jvm.WorkItemPrinter;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.kernel.Kernel;
import java.lang.constant.ClassDesc;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// Prints kernels as classes that TornadoVM compiles: each has one method that a work-item runs, which takes a
/// `KernelContext` and the kernel's buffers as arrays.
public final class TornadoKernelPrinter {
    /// Not the name of anything in the languages that TornadoVM prints.
    public static final String METHOD = "sinter_kernel";

    private static final List<Class<?>> FUNCTIONS =
            List.of(DeviceFunctions.class, DeviceTrigonometry.class, TwoByPi.class);

    private static final KernelContextCode CONTEXT = new KernelContextCode();

    private TornadoKernelPrinter() {}

    /// A class, by the name under which it is loaded.
    public record Printed(String className, byte[] content) {}

    /// A class whose name follows from what it does: kernels that do the same are the same class.
    ///
    /// @throws CompileException if the kernel uses types that the JVM does not have
    public static Printed print(Kernel kernel) {
        String name = "dev.sinter.kernel.Kernel" + hash(print(kernel, "dev.sinter.kernel.Kernel"));
        return new Printed(name, print(kernel, name));
    }

    private static byte[] print(Kernel kernel, String className) {
        return WorkItemPrinter.print(kernel, ClassDesc.of(className), METHOD, CONTEXT, FUNCTIONS);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().toHexDigits(ByteBuffer.wrap(digest).getLong());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
