package dev.sinter.backend.jvm;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.kernel.KernelExpr;
import dev.sinter.ir.kernel.Stmt;
import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.util.Optional;

/// Prints calls of [LaneMethod]s.
final class LanePrinter {
    private final CodeBuilder code;
    private final IndexPrinter indices;
    private final KernelClass owner;
    private final Axis lanes;

    LanePrinter(CodeBuilder code, IndexPrinter indices, KernelClass owner, Axis lanes) {
        this.code = code;
        this.indices = indices;
        this.owner = owner;
        this.lanes = lanes;
    }

    /// True if neighbouring lanes are always equally far apart.
    private boolean isStrided(Index index) {
        return !withoutLanes(index).dependsOn(lanes);
    }

    /// The index of lane 0 of one that is strided.
    private Index withoutLanes(Index index) {
        return index.minus(Index.of(lanes).times(index.coefficient(lanes)));
    }

    /// How many numbers an array of registers takes, lanes included.
    static int numbers(KernelArray array) {
        return Math.toIntExact(array.elements() * array.lanes());
    }

    /// True for registers that a variable holds as a number.
    static boolean isNumber(KernelArray array) {
        return array.lanes() == 1 && array.extents().isEmpty();
    }

    /// True for registers that are in arrays: those that no variable can hold.
    static boolean isArray(KernelArray array) {
        return !isNumber(array) && !isVector(array);
    }

    /// True for registers that a variable holds as a vector; others of several lanes are in arrays.
    static boolean isVector(KernelArray array) {
        return array.lanes() > 1 && array.extents().isEmpty() && array.element() == ElementType.FLOAT32;
    }

    /// Leaves a vector of a float32 expression's values, one lane after the other.
    void gather(KernelExpr expr, Frame frame) {
        if (expr instanceof KernelExpr.Load(Buffer buffer, Index offset) && isStrided(offset)) {
            owner.species(lanes, code);
            code.aload(frame.slot(buffer));
            indices.print(withoutLanes(offset), frame);
            code.loadConstant(Math.toIntExact(offset.coefficient(lanes)));
            owner.call("gather", VectorTypes.GATHER, code);
            return;
        }
        Frame own = frame.inside();
        KernelExpr.Element scratch = owner.scratch(lanes);
        int array = newFloats(own);
        run(new Stmt.Assign(scratch, expr), scratch, array, own);
        owner.species(lanes, code);
        code.aload(array).iconst_0();
        code.invokestatic(VectorTypes.FLOATS, "fromArray", VectorTypes.FROM_ARRAY);
    }

    /// Stores the vector on the stack, lane by lane.
    void scatter(Stmt.Store store, Frame frame) {
        boolean plainGuard =
                store.lanes().stream().allMatch(inside -> inside.index().isUnitStride(lanes));
        if (isStrided(store.offset()) && plainGuard) {
            code.aload(frame.slot(store.buffer()));
            indices.print(withoutLanes(store.offset()), frame);
            code.loadConstant(Math.toIntExact(store.offset().coefficient(lanes)));
            bound(store.lanes().map(Stmt.Condition::lo).orElse(0L), store.lanes(), frame);
            bound(store.lanes().map(Stmt.Condition::hi).orElse(lanes.extent()), store.lanes(), frame);
            owner.call("scatter", VectorTypes.SCATTER, code);
            return;
        }
        throughScratch(store, owner.scratch(lanes), frame);
    }

    /// Stores what is stored of the float32 vector on the stack, converted lane by lane.
    void scatterConverted(Stmt.Store store, Frame frame) {
        throughScratch(
                store, new KernelExpr.Cast(owner.scratch(lanes), store.buffer().element()), frame);
    }

    /// Stores the vector on the stack, which is in the scratch register while the lanes are gone through.
    private void throughScratch(Stmt.Store store, KernelExpr value, Frame frame) {
        Frame own = frame.inside();
        int vector = own.add(TypeKind.REFERENCE);
        code.astore(vector);
        int array = newFloats(own);
        code.aload(vector).aload(array).iconst_0();
        code.invokevirtual(VectorTypes.FLOATS, "intoArray", VectorTypes.INTO_ARRAY);
        run(new Stmt.Store(store.buffer(), store.offset(), value, store.lanes()), owner.scratch(lanes), array, own);
    }

    /// Leaves the lane for which the index of a condition is `limit`.
    private void bound(long limit, Optional<Stmt.Condition> condition, Frame frame) {
        Index first = condition.map(inside -> withoutLanes(inside.index())).orElse(Index.ZERO);
        indices.print(Index.of(limit).minus(first), frame);
    }

    /// Runs a statement that has nothing of float32 vectors in what it sets.
    void run(Stmt statement, Frame frame) {
        run(statement, owner.scratch(lanes), -1, frame.inside());
    }

    private int newFloats(Frame frame) {
        int array = frame.add(TypeKind.REFERENCE);
        code.loadConstant((int) lanes.extent()).newarray(TypeKind.FLOAT).astore(array);
        return array;
    }

    private void run(Stmt statement, KernelExpr.Element scratch, int scratchSlot, Frame frame) {
        LaneMethod method = owner.laneMethod(new LaneMethod.Key(statement, lanes));
        method.buffers().forEach(buffer -> code.aload(frame.slot(buffer)));
        for (KernelArray register : method.registers()) {
            if (register == scratch.array()) {
                code.aload(scratchSlot);
            } else if (isVector(register)) {
                int array = newFloats(frame);
                code.aload(frame.slot(register)).aload(array).iconst_0();
                code.invokevirtual(VectorTypes.FLOATS, "intoArray", VectorTypes.INTO_ARRAY);
                code.aload(array);
            } else if (isNumber(register)) {
                code.loadLocal(JvmTypes.carrier(register.element()), frame.slot(register));
            } else {
                code.aload(frame.slot(register));
            }
        }
        method.axes().forEach(axis -> code.iload(frame.slot(axis)));
        code.invokestatic(owner.self(), method.name(), method.type());
    }
}
