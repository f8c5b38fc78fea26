package dev.sinter.backend.opencl;

import dev.sinter.ir.type.ElementType;
import java.util.Map;

/// Prints changes of element type. A number that the new type cannot hold, which C leaves undefined, becomes what it
/// does on every device: the fraction is cut off, NaN is 0, what no integer of 32 bits (of 64 for longer types and
/// `uint`) can be is the nearest that is one, and then integers wrap.
final class Conversions {
    private final Map<String, String> helpers;

    /// @param helpers functions that printed expressions call, by name: those that are needed are added
    Conversions(Map<String, String> helpers) {
        this.helpers = helpers;
    }

    /// @param width how many numbers `operand` has side by side
    String print(ElementType from, ElementType to, int width, String operand) {
        if (to == ElementType.BOOL && from != ElementType.BOOL) {
            return call("truth_" + Types.vector(from, width), truth(from, width), operand);
        }
        if (from.isFloating() && !to.isFloating() && to != ElementType.BOOL) {
            String name = Types.vector(to, width) + "_of_" + Types.vector(from, width);
            return call(name, integer(from, to, width), operand);
        }
        return converted(to, width, operand);
    }

    private static String converted(ElementType to, int width, String operand) {
        return width == 1
                ? "(" + Types.scalar(to) + ")" + operand
                : "convert_" + Types.vector(to, width) + "(" + operand + ")";
    }

    /// The exponent's bits alone, by which a number is its leading power of two.
    String leadingPower(int width, String operand) {
        String type = Types.vector(ElementType.FLOAT32, width);
        String bits = Types.vector(ElementType.INT32, width);
        String body = type + " x) { return as_" + type + "(as_" + bits + "(x) & 0x7f800000); }";
        return call("leading_power_" + type, new String[] {type, body}, operand);
    }

    private String call(String name, String[] typeAndBody, String operand) {
        helpers.put(name, "static inline " + typeAndBody[0] + " " + name + "(" + typeAndBody[1]);
        return name + "(" + operand + ")";
    }

    /// Lanes of a comparison that holds are -1.
    private static String[] truth(ElementType from, int width) {
        String type = Types.vector(ElementType.BOOL, width);
        String zero = "(" + Types.vector(from, width) + ")(0)";
        String value = width == 1 ? "x != " + zero : "convert_" + type + "(-(x != " + zero + "))";
        return new String[] {type, Types.vector(from, width) + " x) { return " + value + "; }"};
    }

    private static String[] integer(ElementType from, ElementType to, int width) {
        String type = Types.vector(to, width);
        String zero = "(" + Types.vector(from, width) + ")(0)";
        String number = Types.vector(from, width) + " x) { ";
        String whole = "convert_" + Types.vector(wide(to), width) + "_sat(x == x ? x : " + zero + ")";
        if (to != ElementType.UINT64) {
            return new String[] {type, number + "return convert_" + type + "(" + whole + "); }"};
        }
        // A negative number wraps, one that only an unsigned integer can be stays.
        String negative = "as_" + type + "(" + whole + ")";
        String positive = "convert_" + type + "_sat(x == x ? x : " + zero + ")";
        String isNegative = width == 1 || from == ElementType.FLOAT64
                ? "x < " + zero
                : "convert_" + Types.vector(ElementType.INT64, width) + "(x < " + zero + ")";
        return new String[] {type, number + "return " + isNegative + " ? " + negative + " : " + positive + "; }"};
    }

    private static ElementType wide(ElementType to) {
        return switch (to) {
            case INT8, UINT8, INT16, UINT16, INT32, BOOL -> ElementType.INT32;
            case UINT32, INT64, UINT64 -> ElementType.INT64;
            case FLOAT16, FLOAT32, FLOAT64 -> to;
        };
    }
}
