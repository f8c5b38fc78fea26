package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.kernel.Stmt;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Prints a kernel as a class with one method `run` that takes the kernel's buffers as arrays and computes some of its
/// work-items, one after the other, in the same register arrays.
final class BytecodePrinter {
    static final String RUN = "run";

    /// Buffers in the order of the kernel's arguments, each an array of its element type; the first work-item, and the
    /// one after the last; and what loops around vectors count by, which is 1 but for [WarmUp].
    static final MethodTypeDesc RUN_TYPE = MethodTypeDesc.of(
            ConstantDescs.CD_void,
            JvmTypes.objectArray(),
            ConstantDescs.CD_int,
            ConstantDescs.CD_int,
            ConstantDescs.CD_int);

    private static final String ITEM = "item";

    /// A method takes 255 words.
    private static final int MOST_REUSED = 64;

    private final Kernel kernel;
    private final List<Axis> ids;
    private final List<KernelArray> arrays;
    private final KernelClass owner;

    private BytecodePrinter(Kernel kernel, List<Stmt.For> methods) {
        this.kernel = kernel;
        this.ids = switch (kernel.launch()) {
            case Launch.NdRange range -> range.ids();
            case Launch.SingleTask() -> List.of();
        };
        // One name for all, so that kernels that do the same are the same class.
        String name = BytecodePrinter.class.getPackageName() + ".PrintedKernel";
        List<KernelArray> arrays = Allocations.in(kernel.body())
                .filter(array -> LanePrinter.isArray(array) && !array.isShared())
                .toList();
        this.arrays = arrays.size() <= MOST_REUSED ? arrays : List.of();
        this.owner = new KernelClass(
                ClassDesc.of(name),
                kernel.label(),
                methods,
                Set.copyOf(this.arrays),
                BufferAccess.ARRAYS,
                Optional.empty());
    }

    /// A class in this package. Loops are printed as they stand: see [KernelExpansion].
    ///
    /// @param methods loops that become methods of their own
    /// @throws CompileException if the kernel uses types or vectors that the JVM does not have
    static byte[] print(Kernel kernel, List<Stmt.For> methods) {
        BytecodePrinter printer = new BytecodePrinter(kernel, methods);
        printer.requireFit();
        return printer.print();
    }

    /// The number of a kernel's work-items.
    static int workItems(Kernel kernel) {
        long items = switch (kernel.launch()) {
            case Launch.NdRange range -> range.workItems();
            case Launch.SingleTask() -> 1;
        };
        if (items > Integer.MAX_VALUE) {
            throw new CompileException(
                    Code.DEVICE_MEMORY, kernel.label(), items + " work-items", "use a smaller batch");
        }
        return (int) items;
    }

    private void requireFit() {
        workItems(kernel);
        for (Kernel.Argument argument : kernel.arguments()) {
            Buffer buffer = argument.buffer();
            if (buffer.elements() > Integer.MAX_VALUE - 8) {
                throw new CompileException(
                        Code.DEVICE_MEMORY,
                        kernel.label(),
                        buffer + " has " + buffer.elements() + " elements, more than an array",
                        "use a smaller batch");
            }
        }
    }

    private byte[] print() {
        return ClassFile.of().build(owner.self(), builder -> {
            builder.withFlags(ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withMethodBody(RUN, RUN_TYPE, ClassFile.ACC_STATIC, this::run);
            builder.withMethodBody(ITEM, itemType(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, this::item);
            owner.finish(builder);
        });
    }

    private MethodTypeDesc itemType() {
        List<ClassDesc> parameters = new ArrayList<>();
        kernel.arguments()
                .forEach(argument ->
                        parameters.add(JvmTypes.array(argument.buffer().element())));
        arrays.forEach(
                array -> parameters.add(JvmTypes.carrierDesc(array.element()).arrayType()));
        ids.forEach(_ -> parameters.add(ConstantDescs.CD_int));
        parameters.add(ConstantDescs.CD_int);
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    private void run(CodeBuilder code) {
        int from = code.parameterSlot(1);
        int until = code.parameterSlot(2);
        int step = code.parameterSlot(3);
        List<Integer> references = new ArrayList<>();
        for (int i = 0; i < kernel.arguments().size(); i++) {
            int array = code.allocateLocal(TypeKind.REFERENCE);
            references.add(array);
            code.aload(code.parameterSlot(0)).loadConstant(i).aaload();
            code.checkcast(JvmTypes.array(kernel.arguments().get(i).buffer().element()));
            code.astore(array);
        }
        for (KernelArray array : arrays) {
            int own = code.allocateLocal(TypeKind.REFERENCE);
            references.add(own);
            code.loadConstant(LanePrinter.numbers(array)).newarray(JvmTypes.carrier(array.element()));
            code.astore(own);
        }
        int item = code.allocateLocal(TypeKind.INT);
        int rest = code.allocateLocal(TypeKind.INT);
        Label top = code.newLabel();
        Label end = code.newLabel();
        code.iload(from).istore(item);
        code.labelBinding(top).iload(item).iload(until).if_icmpge(end);
        code.iload(item).istore(rest);
        references.forEach(code::aload);
        for (Axis id : ids) {
            int extent = Math.toIntExact(id.extent());
            code.iload(rest).loadConstant(extent).irem();
            code.iload(rest).loadConstant(extent).idiv().istore(rest);
        }
        code.iload(step);
        code.invokestatic(owner.self(), ITEM, itemType());
        code.iinc(item, 1).goto_(top).labelBinding(end).return_();
    }

    private void item(CodeBuilder code) {
        Frame frame = Frame.ofMethod();
        kernel.arguments().forEach(argument -> frame.add(argument.buffer()));
        arrays.forEach(array -> frame.add(array, TypeKind.REFERENCE));
        ids.forEach(frame::add);
        int step = frame.add(TypeKind.INT);
        new StatementPrinter(code, owner, step).block(kernel.body(), frame);
        code.return_();
    }
}
