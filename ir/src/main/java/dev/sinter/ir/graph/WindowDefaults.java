package dev.sinter.ir.graph;

import dev.sinter.ir.type.TensorType;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What attributes of operators with a sliding window are where the text does not say: no stride, padding, dilation or
/// groups. All frameworks agree on these; no other attribute has a default.
final class WindowDefaults {
    private WindowDefaults() {}

    static Optional<Object> of(String attribute, Set<String> allAttributes, List<TensorType> inputs) {
        if (!allAttributes.contains("strides") || inputs.isEmpty()) {
            return Optional.empty();
        }
        int spatial = Math.max(0, inputs.getFirst().shape().rank() - 2);
        return switch (attribute) {
            case "strides", "dilations" -> Optional.of(Collections.nCopies(spatial, 1L));
            case "pads" -> Optional.of(Collections.nCopies(2 * spatial, 0L));
            case "output_pads" -> Optional.of(Collections.nCopies(spatial, 0L));
            case "groups" -> Optional.of(1L);
            case "ceil_mode", "count_include_pad" -> Optional.of(false);
            default -> Optional.empty();
        };
    }
}
