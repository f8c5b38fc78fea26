package dev.sinter.ir.graph;

import dev.sinter.ir.type.Tensor;
import java.io.IOException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/// Constants as IR text: one value for all elements, a list, or base64 of the little-endian bytes.
final class ConstantText {
    private static final long LONGEST_LIST = 64;

    private ConstantText() {}

    static void print(Tensor tensor, GraphPrinter.Constants constants, Appendable out) throws IOException {
        long elements = tensor.shape().elements();
        if (elements > 1 && isUniform(tensor) && ElementText.hasText(tensor, 0)) {
            out.append("splat ").append(ElementText.print(tensor, 0));
            return;
        }
        boolean isShort = elements <= LONGEST_LIST;
        if (isShort && LongStream.range(0, elements).allMatch(i -> ElementText.hasText(tensor, i))) {
            out.append(LongStream.range(0, elements)
                    .mapToObj(i -> ElementText.print(tensor, i))
                    .collect(Collectors.joining(", ", "[", "]")));
            return;
        }
        switch (constants) {
            case COMPLETE -> Base64Text.print(tensor, out);
            case ELIDED -> out.append("elided");
        }
    }

    private static boolean isUniform(Tensor tensor) {
        long element = tensor.type().element().bytes();
        long rest = tensor.type().bytes() - element;
        return tensor.data().asSlice(0, rest).mismatch(tensor.data().asSlice(element, rest)) < 0;
    }
}
