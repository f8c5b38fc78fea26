package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.kernel.Widths;
import dev.sinter.ir.schedule.LoopKind;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.util.List;
import java.util.Optional;

/// Prints the statements of one work-item.
final class StatementPrinter {
    private final CodeBuilder code;
    private final KernelClass owner;
    private final int step;
    private final IndexPrinter indices;
    private final ScalarPrinter scalars;

    /// @param step a variable that loops around vectors count by
    StatementPrinter(CodeBuilder code, KernelClass owner, int step) {
        this.code = code;
        this.owner = owner;
        this.step = step;
        this.indices = new IndexPrinter(code);
        this.scalars = new ScalarPrinter(code, indices, owner.memory(), Optional.empty());
    }

    void block(List<Stmt> statements, Frame frame) {
        indices.prepare(statements, frame);
        statements(statements, frame);
    }

    private void statements(List<Stmt> statements, Frame frame) {
        for (int i = 0; i < statements.size(); i++) {
            Stmt statement = statements.get(i);
            switch (statement) {
                case Stmt.Allocate(KernelArray array) ->
                    declare(array, FirstUse.assigns(array, statements.subList(i + 1, statements.size())), frame);
                case Stmt.For loop -> loop(loop, frame);
                case Stmt.If guarded -> {
                    Label end = code.newLabel();
                    guarded.conditions().forEach(condition -> scalars.unless(condition, end, frame));
                    statements(guarded.body(), frame.inside());
                    code.labelBinding(end);
                }
                case Stmt.Let let -> let(let, frame);
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> assign(target, value, frame);
                case Stmt.Store store -> {
                    code.aload(frame.slot(store.buffer()));
                    indices.print(store.offset(), frame);
                    scalars.value(store.value(), frame);
                    owner.memory().store(store.buffer().element(), code);
                }
                case Stmt.Barrier _ -> owner.barrier(code);
                case Stmt.ChannelWrite _, Stmt.ChannelRead _ ->
                    throw owner.unsupported("a channel", "the JVM runs schedules whose kernels share buffers");
            }
        }
    }

    private void let(Stmt.Let let, Frame around) {
        TypeKind kind = JvmTypes.carrier(let.value().type());
        Frame frame = around.inside();
        scalars.value(let.value(), around);
        code.loadConstant(0).conversion(TypeKind.INT, kind);
        Calls.math("max", kind, 2, code);
        code.loadConstant(Math.toIntExact(let.axis().extent() - 1)).conversion(TypeKind.INT, kind);
        Calls.math("min", kind, 2, code);
        code.conversion(kind, TypeKind.INT);
        code.istore(frame.add(let.axis()));
        block(let.body(), frame);
    }

    /// Registers start at zero where the verifier could miss a value.
    private void declare(KernelArray array, boolean assigned, Frame frame) {
        if (owner.isReused(array)) {
            return;
        }
        if (array.isShared()) {
            throw owner.unsupported(
                    "local memory of " + array.bytes() + " bytes", "the JVM runs schedules without local memory");
        }
        TypeKind kind = JvmTypes.carrier(array.element());
        boolean isSingle = !LanePrinter.isArray(array);
        if (isSingle && assigned) {
            frame.add(array, LanePrinter.isVector(array) ? TypeKind.REFERENCE : kind);
        } else if (LanePrinter.isVector(array)) {
            owner.species(array.lanes(), code);
            code.fconst_0();
            code.invokestatic(VectorTypes.FLOATS, "broadcast", VectorTypes.BROADCAST);
            code.astore(frame.add(array, TypeKind.REFERENCE));
        } else if (isSingle) {
            code.loadConstant(0).conversion(TypeKind.INT, kind).storeLocal(kind, frame.add(array, kind));
        } else {
            code.loadConstant(LanePrinter.numbers(array)).newarray(kind);
            code.astore(frame.add(array, TypeKind.REFERENCE));
        }
    }

    private void loop(Stmt.For loop, Frame around) {
        Axis axis = loop.axis();
        if (loop.kind() instanceof LoopKind.Vector && axis.extent() > 1) {
            vector(loop.body(), axis, around);
            return;
        }
        Optional<LoopMethod> method = owner.loopMethod(loop);
        if (method.isPresent()) {
            method.get().call(code, owner, step, around);
        } else {
            ownLoop(loop, around);
        }
    }

    /// A loop where it stands, whether it is a method or not.
    void ownLoop(Stmt.For loop, Frame around) {
        Axis axis = loop.axis();
        Frame frame = around.inside();
        indices.print(loop.from(), frame);
        Optional<Integer> until = Optional.empty();
        if (!loop.until().isConstant()) {
            indices.print(loop.until(), frame);
            until = Optional.of(frame.add(TypeKind.INT));
            code.istore(until.get());
        }
        int counter = frame.add(axis);
        code.istore(counter);
        Label top = code.newLabel();
        Label end = code.newLabel();
        code.labelBinding(top).iload(counter);
        until.ifPresentOrElse(
                code::iload, () -> code.loadConstant((int) loop.until().constant()));
        code.if_icmpge(end);
        Frame inside = frame.inside();
        block(loop.body(), inside);
        count(counter, loop.body());
        code.goto_(top).labelBinding(end);
    }

    /// HotSpot splits a loop that it can count into three and keeps vectors in memory between them, at a third of the
    /// speed. So loops around vectors count by a variable.
    private void count(int counter, List<Stmt> body) {
        if (hasVectors(body)) {
            code.iload(counter).iload(step).iadd().istore(counter);
        } else {
            code.iinc(counter, 1);
        }
    }

    private static boolean hasVectors(List<Stmt> statements) {
        return statements.stream().anyMatch(statement -> switch (statement) {
            case Stmt.For loop ->
                loop.kind() instanceof LoopKind.Vector && loop.axis().extent() > 1 || hasVectors(loop.body());
            case Stmt.If(_, List<Stmt> body) -> hasVectors(body);
            case Stmt.Let(_, _, List<Stmt> body) -> hasVectors(body);
            case Stmt.Allocate _,
                    Stmt.Assign _,
                    Stmt.Store _,
                    Stmt.Barrier _,
                    Stmt.ChannelWrite _,
                    Stmt.ChannelRead _ -> false;
        });
    }

    private void assign(KernelExpr.Element target, KernelExpr value, Frame frame) {
        TypeKind kind = JvmTypes.carrier(target.type());
        int slot = frame.slot(target.array());
        if (target.array().extents().isEmpty()) {
            scalars.value(value, frame);
            code.storeLocal(kind, slot);
            return;
        }
        code.aload(slot);
        indices.print(scalars.place(target), frame);
        scalars.value(value, frame);
        code.arrayStore(kind);
    }

    private void vector(List<Stmt> body, Axis lanes, Frame around) {
        Frame frame = around.inside();
        LanePrinter lanePrinter = new LanePrinter(code, indices, owner, lanes);
        VectorPrinter vectors = new VectorPrinter(code, indices, scalars, lanePrinter, owner, lanes);
        for (Stmt statement : body) {
            switch (statement) {
                case Stmt.Allocate(KernelArray array) -> declare(array, false, frame);
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value)
                when Widths.of(target, Optional.of(lanes)) == 1 -> assign(target, value, frame);
                case Stmt.Assign(KernelExpr.Element target, _)
                when target.type() != ElementType.FLOAT32 -> lanePrinter.run(statement, frame);
                case Stmt.Assign(KernelExpr.Element target, KernelExpr value) -> {
                    vectors.value(value, frame);
                    int slot = frame.slot(target.array());
                    if (LanePrinter.isVector(target.array())) {
                        code.astore(slot);
                    } else {
                        into(slot, VectorPrinter.place(target, lanes), frame);
                    }
                }
                case Stmt.Store store -> store(store, lanes, vectors, lanePrinter, frame);
                case Stmt.If guarded -> {
                    Label end = code.newLabel();
                    guarded.conditions().forEach(condition -> scalars.unless(condition, end, frame));
                    vector(guarded.body(), lanes, frame);
                    code.labelBinding(end);
                }
                case Stmt.Barrier _, Stmt.ChannelWrite _, Stmt.ChannelRead _ ->
                    throw owner.unsupported("a barrier or channel inside of a vector", "they stand outside of vectors");
                case Stmt.Let let ->
                    throw owner.unsupported(
                            "the index " + let.axis() + " inside of a loop over vectors",
                            "what is the same for all lanes stands outside");
                case Stmt.For loop ->
                    throw owner.unsupported(
                            "a loop over " + loop.axis() + " inside of one over vectors",
                            "loops over vectors go innermost");
            }
        }
    }

    private void store(Stmt.Store store, Axis lanes, VectorPrinter vectors, LanePrinter lanePrinter, Frame frame) {
        Buffer buffer = store.buffer();
        if (store.value() instanceof KernelExpr.Cast(KernelExpr real, _) && isVector(real, lanes)) {
            vectors.value(real, frame);
            lanePrinter.scatterConverted(store, frame);
            return;
        }
        if (buffer.element() != ElementType.FLOAT32) {
            lanePrinter.run(store, frame);
            return;
        }
        vectors.value(store.value(), frame);
        if (store.lanes().isEmpty() && store.offset().isUnitStride(lanes)) {
            into(frame.slot(buffer), store.offset().minus(Index.of(lanes)), frame);
        } else {
            lanePrinter.scatter(store, frame);
        }
    }

    private static boolean isVector(KernelExpr expr, Axis lanes) {
        return expr.type() == ElementType.FLOAT32 && Widths.of(expr, Optional.of(lanes)) > 1;
    }

    /// Puts the vector on the stack into an array.
    private void into(int array, Index offset, Frame frame) {
        code.aload(array);
        indices.print(offset, frame);
        code.invokevirtual(VectorTypes.FLOATS, "intoArray", VectorTypes.INTO_ARRAY);
    }
}
