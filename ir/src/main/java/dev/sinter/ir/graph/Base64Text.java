package dev.sinter.ir.graph;

import dev.sinter.ir.graph.Token.Kind;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Base64;

/// Tensor bytes, little-endian, as lines of base64, each a string of its own that decodes by itself.
final class Base64Text {
    /// Divisible by 3, so that only the last line is padded, and by 8, so that no element is cut; 96 characters.
    private static final int LINE_BYTES = 72;

    private Base64Text() {}

    static void print(Tensor tensor, Appendable out) throws IOException {
        out.append("base64");
        for (long start = 0; start < tensor.type().bytes(); start += LINE_BYTES) {
            byte[] line = new byte[(int) Math.min(LINE_BYTES, tensor.type().bytes() - start)];
            MemorySegment.copy(tensor.data(), ValueLayout.JAVA_BYTE, start, line, 0, line.length);
            swap(line, tensor.type());
            out.append("\n    \"")
                    .append(Base64.getEncoder().encodeToString(line))
                    .append('"');
        }
    }

    static Tensor parse(Lexer tokens, Tensor tensor) {
        long filled = 0;
        Token first = tokens.peek();
        while (tokens.peek().kind() == Kind.STRING) {
            Token at = tokens.next();
            byte[] line = decode(tokens, at);
            if (filled + line.length > tensor.type().bytes()) {
                throw size(tokens, at, "more than " + filled, tensor.type());
            }
            if (line.length % tensor.type().element().bytes() != 0) {
                throw tokens.fault(at, "found " + line.length + " bytes but expected whole elements on a line", null);
            }
            swap(line, tensor.type());
            MemorySegment.copy(line, 0, tensor.data(), ValueLayout.JAVA_BYTE, filled, line.length);
            filled += line.length;
        }
        if (filled < tensor.type().bytes()) {
            throw size(tokens, first, "only " + filled, tensor.type());
        }
        return tensor;
    }

    private static RuntimeException size(Lexer tokens, Token at, String found, TensorType type) {
        return tokens.fault(at, "found " + found + " bytes but " + type + " has " + type.bytes(), null);
    }

    private static byte[] decode(Lexer tokens, Token at) {
        try {
            return Base64.getDecoder().decode(at.text());
        } catch (IllegalArgumentException wrong) {
            throw tokens.fault(at, "found " + at.shown() + " but expected base64: " + wrong.getMessage(), null);
        }
    }

    private static void swap(byte[] line, TensorType type) {
        int size = type.element().bytes();
        if (size == 1 || ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN) {
            return;
        }
        for (int start = 0; start < line.length; start += size) {
            for (int i = 0; i < size / 2; i++) {
                byte low = line[start + i];
                line[start + i] = line[start + size - 1 - i];
                line[start + size - 1 - i] = low;
            }
        }
    }
}
