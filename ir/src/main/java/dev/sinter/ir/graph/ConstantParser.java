package dev.sinter.ir.graph;

import dev.sinter.ir.graph.Token.Kind;
import dev.sinter.ir.type.RandomTensors;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;
import java.lang.foreign.MemorySegment;
import java.util.function.Supplier;

/// Reads what follows the word `constant`.
final class ConstantParser {
    /// What stands in the text for an element at least: a digit and a comma, or in base64 a third more than its bytes.
    private static final int LEAST_LIST_CHARACTERS = 2;

    /// Memory that is not worth a look at the text beforehand.
    private static final long SMALL_BYTES = 1 << 20;

    private static final String FORMS = "splat VALUE, random SEED, base64 \"…\" or [VALUES]";

    private final Lexer tokens;
    private final TensorType type;

    ConstantParser(Lexer tokens, TensorType type) {
        this.tokens = tokens;
        this.type = type;
    }

    /// Reads all of it. Elements that do not stand in the text are not made yet.
    PendingConstant parse() {
        Token form = tokens.peek();
        if (form.is('[')) {
            return PendingConstant.written(form, list());
        }
        if (form.kind() != Kind.WORD) {
            throw tokens.unexpected(FORMS);
        }
        return switch (form.text()) {
            case "splat" -> splat();
            case "base64" -> {
                tokens.next();
                yield PendingConstant.written(form, Base64Text.parse(tokens, allocate(form, type.bytes())));
            }
            case "random" -> random();
            case "elided" ->
                throw tokens.fault(
                        form,
                        "found elided, data that was left out when the text was printed, but expected " + FORMS,
                        "print the graph with its constants, or write random and a seed in place of elided");
            default -> throw tokens.unexpected(FORMS);
        };
    }

    private Tensor list() {
        Token open = tokens.next();
        Tensor tensor = allocate(open, LEAST_LIST_CHARACTERS * (type.shape().elements() - 1));
        long elements = type.shape().elements();
        long filled = 0;
        while (!tokens.accept(']')) {
            if (filled > 0) {
                tokens.expect(',', "a value");
            }
            if (filled == elements && !tokens.peek().is(']')) {
                throw tokens.fault(
                        tokens.peek(), "found more than " + filled + " values but " + type + " has " + elements, null);
            }
            element(tensor, filled++);
        }
        if (filled < elements) {
            throw tokens.fault(
                    open,
                    "found " + filled + " values but " + type + " has " + elements,
                    "splat VALUE repeats one value for all");
        }
        return tensor;
    }

    private PendingConstant splat() {
        Token form = tokens.next();
        Tensor value = Tensor.allocate(type.withShape(Shape.of()));
        element(value, 0);
        return PendingConstant.of(form, type, () -> repeated(value));
    }

    private Tensor repeated(Tensor value) {
        Tensor tensor = Tensor.allocate(type);
        long size = type.bytes();
        long filled = Math.min(size, value.type().bytes());
        MemorySegment.copy(value.data(), 0, tensor.data(), 0, filled);
        while (filled < size) {
            long more = Math.min(filled, size - filled);
            MemorySegment.copy(tensor.data(), 0, tensor.data(), filled, more);
            filled += more;
        }
        return tensor;
    }

    private PendingConstant random() {
        Token form = tokens.next();
        return PendingConstant.of(form, type, randomElements(form));
    }

    private Supplier<Tensor> randomElements(Token form) {
        long seed = integer("a seed");
        if (tokens.peek().is("integers")) {
            tokens.next();
            Token at = tokens.peek();
            long lo = integer("the least integer");
            long hi = integer("the largest integer");
            if (hi < lo || hi - lo < 0 || hi - lo == Long.MAX_VALUE) {
                throw tokens.fault(at, "found integers from " + lo + " to " + hi + " but expected a range", null);
            }
            return () -> RandomTensors.integers(type, lo, hi, seed);
        }
        if (!type.element().isFloating()) {
            throw tokens.fault(
                    form,
                    "found real random numbers for " + type + " but expected a floating-point type",
                    "random SEED integers LEAST LARGEST goes with any type");
        }
        if (tokens.peek().is("uniform")) {
            tokens.next();
            double lo = number("the least number");
            double hi = number("the largest number");
            return () -> RandomTensors.uniform(type, lo, hi, seed);
        }
        return () -> RandomTensors.heNormal(type, seed);
    }

    private long integer(String expected) {
        Token at = tokens.expect(Kind.NUMBER, expected);
        try {
            return Long.parseLong(at.text());
        } catch (NumberFormatException _) {
            throw tokens.fault(at, "found " + at.shown() + " but expected " + expected, null);
        }
    }

    private double number(String expected) {
        Token at = tokens.expect(Kind.NUMBER, expected);
        try {
            return ElementText.number(at.text());
        } catch (NumberFormatException _) {
            throw tokens.fault(at, "found " + at.shown() + " but expected " + expected, null);
        }
    }

    private void element(Tensor tensor, long i) {
        Token at = tokens.peek();
        if (at.kind() != Kind.NUMBER && at.kind() != Kind.WORD) {
            throw tokens.unexpected("a value of type " + type.element());
        }
        tokens.next();
        try {
            ElementText.parse(at.text(), tensor, i);
        } catch (NumberFormatException _) {
            throw tokens.fault(at, "found " + at.shown() + " but expected a value that fits " + type.element(), null);
        }
    }

    /// A tensor of zeros for elements that follow, once it is known that the text has room for them.
    ///
    /// @param characters how many the elements take at least
    private Tensor allocate(Token at, long characters) {
        if (type.bytes() > SMALL_BYTES && characters > tokens.left()) {
            throw tokens.fault(
                    at,
                    "found " + tokens.left() + " more characters but " + type + " has "
                            + type.shape().elements() + " elements",
                    "splat VALUE repeats one value for all");
        }
        return PendingConstant.allocating(at, type, tokens, () -> Tensor.allocate(type));
    }
}
