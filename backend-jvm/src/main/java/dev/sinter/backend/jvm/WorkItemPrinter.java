package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.kernel.Allocations;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.Launch;
import dev.sinter.ir.transform.LanesAsLoops;
import dev.sinter.ir.transform.LoadHoisting;
import dev.sinter.ir.transform.UnrollExpansion;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
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

/// Prints a kernel as a class with one static method that a work-item runs, for virtual machines that run work-items in
/// groups: with scalar instructions alone, local memory and barriers by a context, and no call that leaves the class
/// but for those of the context and of [Math].
public final class WorkItemPrinter {
    /// As many statements as unrolled loops are written out to.
    private static final long MOST_STATEMENTS = 2_000;

    private final Kernel kernel;
    private final ClassDesc self;
    private final String method;
    private final WorkItemContext context;
    private final List<KernelArray> shared;

    private WorkItemPrinter(Kernel kernel, ClassDesc self, String method, WorkItemContext context) {
        this.kernel = kernel;
        this.self = self;
        this.method = method;
        this.context = context;
        this.shared = Allocations.in(kernel.body())
                .filter(KernelArray::isShared)
                .distinct()
                .toList();
    }

    /// The bytes of the class.
    ///
    /// @param method its name; its parameters are the context, and what this has for each of the kernel's buffers
    /// @param functions classes of static methods of which the printed class gets copies: where one has the name and
    ///     type of what would be called, [Math]'s too, it is called instead
    /// @throws CompileException if the kernel uses types that the JVM does not have
    public static byte[] print(
            Kernel kernel, ClassDesc self, String method, WorkItemContext context, List<Class<?>> functions) {
        Kernel scalar = LanesAsLoops.apply(kernel);
        Kernel expanded = LoadHoisting.apply(UnrollExpansion.apply(scalar, new UnrollBudget(MOST_STATEMENTS)::takes));
        byte[] printed = new WorkItemPrinter(expanded, self, method, context).print();
        List<Class<?>> libraries = new ArrayList<>(functions);
        libraries.add(ScalarFunctions.class);
        FunctionCopies copies = new FunctionCopies(self, libraries);
        ClassFile file = ClassFile.of();
        return file.transformClass(
                file.parse(printed),
                ClassTransform.transformingMethodBodies(copies.calls())
                        .andThen(ClassTransform.endHandler(copies::print)));
    }

    private byte[] print() {
        KernelClass owner = new KernelClass(
                self, kernel.label(), List.of(), Set.copyOf(shared), context.buffers(), Optional.of(this::barrier));
        return ClassFile.of().build(self, builder -> {
            builder.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL | ClassFile.ACC_SUPER);
            builder.withMethodBody(
                    method, type(), ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC, code -> body(code, owner));
            owner.finish(builder);
        });
    }

    private MethodTypeDesc type() {
        List<ClassDesc> parameters = new ArrayList<>(List.of(context.type()));
        kernel.arguments()
                .forEach(argument ->
                        parameters.add(context.buffers().type(argument.buffer().element())));
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    private void barrier(CodeBuilder code) {
        code.aload(0);
        context.barrier(code);
    }

    private void body(CodeBuilder code, KernelClass owner) {
        Label start = code.newBoundLabel();
        Label end = code.newLabel();
        Frame frame = Frame.ofMethod();
        code.localVariable(frame.add(TypeKind.REFERENCE), "context", context.type(), start, end);
        for (Kernel.Argument argument : kernel.arguments()) {
            code.localVariable(
                    frame.add(argument.buffer()),
                    argument.buffer().name(),
                    context.buffers().type(argument.buffer().element()),
                    start,
                    end);
        }
        if (kernel.launch() instanceof Launch.NdRange(List<Launch.Dimension> dimensions)) {
            for (int dimension = 0; dimension < dimensions.size(); dimension++) {
                int number = dimension;
                id(dimensions.get(dimension).group(), () -> context.group(number, code), code, frame);
                id(dimensions.get(dimension).item(), () -> context.item(number, code), code, frame);
            }
        }
        kernel.arguments().stream()
                .filter(argument -> argument.written() && isShared(argument.layout()))
                .forEach(argument -> keepOthers(argument.buffer(), code, frame));
        for (KernelArray array : shared) {
            code.aload(0);
            context.localArray(JvmTypes.carrier(array.element()), LanePrinter.numbers(array), code);
            code.astore(frame.add(array, TypeKind.REFERENCE));
        }
        // No loop counts by it: there are no vectors.
        int step = frame.add(TypeKind.INT);
        new StatementPrinter(code, owner, step).block(kernel.body(), frame);
        code.return_().labelBinding(end);
    }

    /// True for memory in which something else lies too: a halo, or other pieces of a concatenation.
    private static boolean isShared(Layout layout) {
        return layout.hasHalo() || layout.beside().isPresent();
    }

    /// What a kernel only writes, virtual machines do not copy to the device: what else lies there would be lost. So it
    /// reads and writes an element, in a work-group that there is not.
    private void keepOthers(Buffer buffer, CodeBuilder code, Frame frame) {
        Label end = code.newLabel();
        code.aload(0);
        context.group(0, code);
        code.loadConstant(Integer.MAX_VALUE).if_icmpne(end);
        code.aload(frame.slot(buffer)).iconst_0();
        code.aload(frame.slot(buffer)).iconst_0();
        context.buffers().load(buffer.element(), code);
        context.buffers().store(buffer.element(), code);
        code.labelBinding(end);
    }

    private static void id(Axis axis, Runnable read, CodeBuilder code, Frame frame) {
        if (axis.extent() > 1) {
            code.aload(0);
            read.run();
            code.istore(frame.add(axis));
        }
    }
}
