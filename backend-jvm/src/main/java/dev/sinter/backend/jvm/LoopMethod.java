package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// A loop as a method of its own: HotSpot compiles several small methods where it gives up at one large one. Everything
/// that the loop uses is a parameter: buffers, arrays, counters of loops outside.
final class LoopMethod {
    private final String name;
    private final Stmt.For loop;
    private final Set<KernelArray> reused;
    private final Set<Buffer> buffers = new LinkedHashSet<>();
    private final List<KernelArray> arrays = new ArrayList<>();
    private final List<Axis> axes = new ArrayList<>();

    /// @param reused arrays that are made once for all work-items
    LoopMethod(String name, Stmt.For loop, Set<KernelArray> reused) {
        this.name = name;
        this.loop = loop;
        this.reused = reused;
        Set<KernelArray> ownArrays = Collections.newSetFromMap(new IdentityHashMap<>());
        Set<Axis> ownAxes = Collections.newSetFromMap(new IdentityHashMap<>());
        collect(List.of(loop), ownArrays, ownAxes);
    }

    /// True if a loop can be a method: it uses no register of what is around it.
    static boolean isPossible(Stmt.For loop) {
        return new LoopMethod("", loop, Set.of()).arrays.stream().allMatch(LanePrinter::isArray);
    }

    private void collect(List<Stmt> statements, Set<KernelArray> ownArrays, Set<Axis> ownAxes) {
        for (Stmt statement : statements) {
            switch (statement) {
                case Stmt.Allocate(KernelArray array) -> {
                    if (!reused.contains(array)) {
                        ownArrays.add(array);
                    }
                }
                case Stmt.For inner -> {
                    ownAxes.add(inner.axis());
                    collect(inner.body(), ownArrays, ownAxes);
                }
                case Stmt.If(_, List<Stmt> body) -> collect(body, ownArrays, ownAxes);
                case Stmt.Let let -> {
                    ownAxes.add(let.axis());
                    collect(let.value(), ownArrays);
                    collect(let.body(), ownArrays, ownAxes);
                }
                case Stmt.Store store -> {
                    buffers.add(store.buffer());
                    collect(store.value(), ownArrays);
                }
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                    collect(target, ownArrays);
                    collect(value, ownArrays);
                }
                case Stmt.Barrier _, Stmt.ChannelRead _, Stmt.ChannelWrite _ -> {}
            }
        }
        Indices.forEach(
                statements,
                index -> index.dependsOn(axis -> {
                    add(axis, axes, ownAxes);
                    return false;
                }));
    }

    private void collect(KernelExpr value, Set<KernelArray> ownArrays) {
        value.forEach(part -> {
            if (part instanceof KernelExpr.Load(Buffer buffer, _)) {
                buffers.add(buffer);
            } else if (part instanceof KernelExpr.Element element) {
                add(element.array(), arrays, ownArrays);
            }
        });
    }

    /// What is the loop's own is declared before it is used.
    private static <T> void add(T used, List<T> fromOutside, Set<T> own) {
        if (!own.contains(used) && fromOutside.stream().noneMatch(other -> other == used)) {
            fromOutside.add(used);
        }
    }

    private MethodTypeDesc type() {
        List<ClassDesc> parameters = new ArrayList<>();
        buffers.forEach(buffer -> parameters.add(JvmTypes.array(buffer.element())));
        arrays.forEach(
                array -> parameters.add(JvmTypes.carrierDesc(array.element()).arrayType()));
        axes.forEach(_ -> parameters.add(ConstantDescs.CD_int));
        parameters.add(ConstantDescs.CD_int);
        return MethodTypeDesc.of(ConstantDescs.CD_void, parameters);
    }

    /// Calls it.
    ///
    /// @param step the variable that loops around vectors count by
    void call(CodeBuilder code, KernelClass owner, int step, Frame frame) {
        buffers.forEach(buffer -> code.aload(frame.slot(buffer)));
        arrays.forEach(array -> code.aload(frame.slot(array)));
        axes.forEach(axis -> code.iload(frame.slot(axis)));
        code.iload(step);
        code.invokestatic(owner.self(), name, type());
    }

    void print(ClassBuilder builder, KernelClass owner) {
        builder.withMethodBody(name, type(), ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC, code -> {
            Frame frame = Frame.ofMethod();
            buffers.forEach(frame::add);
            arrays.forEach(array -> frame.add(array, TypeKind.REFERENCE));
            axes.forEach(frame::add);
            int step = frame.add(TypeKind.INT);
            new StatementPrinter(code, owner, step).ownLoop(loop, frame);
            code.return_();
        });
    }
}
