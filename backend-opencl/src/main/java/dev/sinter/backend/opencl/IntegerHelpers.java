package dev.sinter.backend.opencl;

import dev.sinter.ir.type.ElementType;
import java.util.Map;

/// Prints what integers need beyond C's operators, as functions that the printed expressions call.
final class IntegerHelpers {
    private final Map<String, String> helpers;

    /// @param helpers functions by name: those that are needed are added
    IntegerHelpers(Map<String, String> helpers) {
        this.helpers = helpers;
    }

    /// The result of C's arithmetic, which makes an int of what is narrower, as long as it is no vector.
    static String wrapped(ElementType type, int width, String result) {
        boolean isNarrow = switch (type) {
            case INT8, UINT8, INT16, UINT16, BOOL -> width == 1;
            case INT32, UINT32, INT64, UINT64, FLOAT16, FLOAT32, FLOAT64 -> false;
        };
        return isNarrow ? "((" + Types.scalar(type) + ")" + result + ")" : result;
    }

    /// Memory may hold other bytes for true than 1.
    static String truth(String loaded, int width) {
        return "min(" + loaded + ", (" + Types.vector(ElementType.BOOL, width) + ")(1))";
    }

    static ElementType signed(ElementType type) {
        return switch (type.bytes()) {
            case 1 -> ElementType.INT8;
            case 2 -> ElementType.INT16;
            case 4 -> ElementType.INT32;
            default -> ElementType.INT64;
        };
    }

    private static ElementType unsigned(ElementType type) {
        return switch (type.bytes()) {
            case 1 -> ElementType.UINT8;
            case 2 -> ElementType.UINT16;
            case 4 -> ElementType.UINT32;
            default -> ElementType.UINT64;
        };
    }

    private static boolean isSigned(ElementType type) {
        return switch (type) {
            case INT8, INT16, INT32, INT64 -> true;
            case UINT8, UINT16, UINT32, UINT64, BOOL, FLOAT16, FLOAT32, FLOAT64 -> false;
        };
    }

    /// What the library returns is unsigned: for the smallest number there is no other.
    static String magnitude(ElementType type, int width, String x) {
        if (!isSigned(type)) {
            return x;
        }
        String operand = width == 1 ? "(" + Types.scalar(type) + ")" + x : x;
        return "as_" + Types.vector(type, width) + "(abs(" + operand + "))";
    }

    /// Division of integers by zero, or of the smallest by -1, raises a signal on some devices: by zero it is zero, as
    /// everywhere in Sinter.
    String quotient(ElementType element, int width, String a, String b) {
        return division("quotient", element, width, "a / safe", "(" + zero(element, width) + " - a)", a, b);
    }

    /// Likewise. By -1 nothing is left.
    String remainder(ElementType element, int width, String a, String b) {
        return division("remainder", element, width, "a % safe", zero(element, width), a, b);
    }

    private String division(
            String name, ElementType element, int width, String result, String byMinusOne, String a, String b) {
        String type = Types.vector(element, width);
        String function = name + "_" + type;
        String zero = zero(element, width);
        String minusOne = "(" + type + ")(-1)";
        String isZero = "(b == " + zero + ")";
        String isMinusOne = "(b == " + minusOne + ")";
        boolean signed = isSigned(element);
        String isOdd = signed ? "(" + isZero + " | " + isMinusOne + ")" : isZero;
        String negated = signed ? isMinusOne + " ? (" + type + ")" + byMinusOne + " : " : "";
        helpers.put(
                function,
                "static inline " + type + " " + function + "(" + type + " a, " + type + " b) { " + type + " safe = "
                        + isOdd + " ? (" + type + ")(1) : b; return " + isZero + " ? " + zero + " : " + negated
                        + "(" + type + ")(" + result + "); }");
        return function + "(" + a + ", " + b + ")";
    }

    private static String zero(ElementType element, int width) {
        return "(" + Types.vector(element, width) + ")(0)";
    }

    /// C multiplies what is shorter than an int as signed numbers, which may overflow.
    private static String product(String factor, int width) {
        return (width == 1 ? "1u * " : "") + factor + " * square";
    }

    /// By squares, in unsigned numbers, whose products wrap. A negative power is a quotient: zero but for bases 1 and
    /// -1.
    String power(ElementType element, int width, String base, String exponent) {
        String type = Types.vector(element, width);
        String bits = Types.vector(unsigned(element), width);
        String function = "power_" + type;
        String zero = "(" + type + ")(0)";
        String one = "(" + type + ")(1)";
        String minusOne = "(" + type + ")(-1)";
        String bitsOne = "(" + bits + ")(1)";
        String isOdd = "((rest & " + bitsOne + ") != (" + bits + ")(0))";
        String result = "as_" + type + "(power)";
        String negative = "a == " + one + " ? " + one + " : (a == " + minusOne + " ? ((b & " + one + ") != " + zero
                + " ? " + minusOne + " : " + one + ") : " + zero + ")";
        String text = "static inline " + type + " " + function + "(" + type + " a, " + type + " b) { " + bits
                + " power = " + bitsOne + "; " + bits + " square = as_" + bits + "(a); " + bits + " rest = as_" + bits
                + "(b); for (int bit = 0; bit < " + element.bytes() * Byte.SIZE + "; ++bit) { power = " + isOdd
                + " ? (" + bits + ")(" + product("power", width) + ") : power; square = (" + bits + ")("
                + product("square", width) + "); rest = ("
                + bits + ")(rest >> " + bitsOne + "); } return "
                + (isSigned(element) ? "b < " + zero + " ? (" + negative + ") : " + result : result) + "; }";
        helpers.put(function, text);
        return function + "(" + base + ", " + exponent + ")";
    }
}
