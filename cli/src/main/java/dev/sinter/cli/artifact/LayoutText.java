package dev.sinter.cli.artifact;

import dev.sinter.ir.expr.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A layout in words.
final class LayoutText {
    private LayoutText() {}

    /// For example `row-major`, or `1x4x58x58x16, axis 1 in blocks of 16, halo of axis 2: 1+1, of axis 3: 1+1`.
    static String of(Layout layout) {
        if (layout.isRowMajor()) {
            return "row-major";
        }
        List<String> words = new ArrayList<>();
        words.add(layout.parts().stream()
                .map(part -> String.valueOf(part.extent()))
                .collect(Collectors.joining("x")));
        String order =
                layout.parts().stream().map(part -> String.valueOf(part.axis())).collect(Collectors.joining(" "));
        words.add("axes " + order);
        for (Layout.Part part : layout.parts()) {
            long halo = part.extent() - layout.logical().dim(part.axis());
            if (part.wraps()) {
                words.add("axis " + part.axis() + " in blocks of " + part.extent());
            } else if (part.divisor() == 1 && halo != 0 && !layout.isBeside(part.axis())) {
                words.add("halo of axis " + part.axis() + ": " + part.before() + "+" + (halo - part.before()));
            }
        }
        layout.beside().ifPresent(beside -> words.add("from " + beside.first() + " on along axis " + beside.axis()));
        return String.join(", ", words);
    }
}
