package dev.sinter.frontend.port;

import dev.sinter.ir.type.ElementType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// An input or output of a model.
///
/// @param element the type that the model declares. The graph computes in f32 where this is another floating-point
///     type; who feeds it may convert.
/// @param dims the extents, outermost first; empty if the model does not even say how many there are
public record Port(String name, ElementType element, Optional<List<Dimension>> dims) {
    public Port {
        dims = dims.map(List::copyOf);
    }

    @Override
    public String toString() {
        return name + ": " + element
                + dims.map(list -> list.stream().map(Dimension::toString).collect(Collectors.joining(",", "[", "]")))
                        .orElse("[…]");
    }
}
