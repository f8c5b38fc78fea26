package dev.sinter.tests.support;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.ir.exec.Packing;
import dev.sinter.ir.expr.Layout;
import dev.sinter.ir.expr.Source;
import dev.sinter.ir.graph.Value;
import dev.sinter.ir.plan.Plan;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullMarked;

/// Tensors of devices that keep each by itself: what is concatenated in place is put together from its pieces, by their
/// layouts.
@NullMarked
final class Pieces {
    private Pieces() {}

    static Tensor tensor(Plan plan, Source source, Map<Source, Tensor> known) {
        Tensor own = known.get(source);
        if (own != null) {
            return own;
        }
        List<Value> pieces = plan.inside().entrySet().stream()
                .filter(entry -> entry.getValue() == source)
                .map(Map.Entry::getKey)
                .toList();
        if (pieces.isEmpty()) {
            throw new CompilerFault("nothing has computed " + source.name());
        }
        Layout layout = plan.layout(source);
        ElementType element = source.type().element();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(Packing.bytes(layout, element), Long.BYTES);
            for (Value piece : pieces) {
                Packing.pack(tensor(plan, piece, known), plan.layout(piece), memory);
            }
            return Packing.unpack(memory, layout, element);
        }
    }
}
