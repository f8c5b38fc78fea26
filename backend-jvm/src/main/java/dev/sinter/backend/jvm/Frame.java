package dev.sinter.backend.jvm;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Buffer;
import dev.sinter.ir.expr.Index;
import dev.sinter.ir.kernel.KernelArray;
import java.lang.classfile.TypeKind;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;

/// The local variables of a method under construction. A frame inside another knows what the outer one does; what it
/// adds ends with it.
final class Frame {
    private final Optional<Frame> outer;
    private final Map<Object, Integer> slots = new IdentityHashMap<>();
    private final Map<Map<Index.Atom, Long>, Integer> sums = new HashMap<>();
    private int next;

    private Frame(Optional<Frame> outer, int next) {
        this.outer = outer;
        this.next = next;
    }

    static Frame ofMethod() {
        return new Frame(Optional.empty(), 0);
    }

    Frame inside() {
        return new Frame(Optional.of(this), next);
    }

    /// A variable without a name.
    int add(TypeKind kind) {
        int slot = next;
        next += kind.slotSize();
        return slot;
    }

    private int add(Object owner, TypeKind kind) {
        int slot = add(kind);
        slots.put(owner, slot);
        return slot;
    }

    int add(Axis axis) {
        return add(axis, TypeKind.INT);
    }

    int add(Buffer buffer) {
        return add(buffer, TypeKind.REFERENCE);
    }

    int add(KernelArray array, TypeKind kind) {
        return add((Object) array, kind);
    }

    /// A variable that holds a sum of atoms times factors.
    int addSum(Map<Index.Atom, Long> terms) {
        int slot = add(TypeKind.INT);
        sums.put(terms, slot);
        return slot;
    }

    boolean knows(Axis axis) {
        return find(axis).isPresent();
    }

    int slot(Object owner) {
        return find(owner).orElseThrow(() -> new CompilerFault("no variable holds " + owner));
    }

    private Optional<Integer> find(Object owner) {
        Integer slot = slots.get(owner);
        return slot != null ? Optional.of(slot) : outer.flatMap(frame -> frame.find(owner));
    }

    Optional<Integer> sum(Map<Index.Atom, Long> terms) {
        Integer slot = sums.get(terms);
        return slot != null ? Optional.of(slot) : outer.flatMap(frame -> frame.sum(terms));
    }

    Optional<Frame> outer() {
        return outer;
    }
}
