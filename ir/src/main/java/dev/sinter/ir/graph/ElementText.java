package dev.sinter.ir.graph;

import dev.sinter.ir.type.Tensor;
import java.lang.foreign.ValueLayout;

/// Tensor elements as decimal text: the shortest that gives the same bits again.
final class ElementText {
    private ElementText() {}

    /// False for bits that no decimal text gives: a NaN with a payload, a truth value other than 0 and 1.
    static boolean hasText(Tensor tensor, long i) {
        return switch (tensor.type().element()) {
            case FLOAT16 -> {
                short bits = tensor.data().getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, i);
                yield (bits & 0x7fff) <= 0x7c00 || bits == 0x7e00;
            }
            case FLOAT32 -> {
                float value = tensor.data().getAtIndex(ValueLayout.JAVA_FLOAT_UNALIGNED, i);
                yield Float.floatToRawIntBits(value) == Float.floatToIntBits(value);
            }
            case FLOAT64 -> {
                double value = tensor.data().getAtIndex(ValueLayout.JAVA_DOUBLE_UNALIGNED, i);
                yield Double.doubleToRawLongBits(value) == Double.doubleToLongBits(value);
            }
            case BOOL -> (tensor.data().get(ValueLayout.JAVA_BYTE, i) & 0xff) <= 1;
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64 -> true;
        };
    }

    static String print(Tensor tensor, long i) {
        return switch (tensor.type().element()) {
            case FLOAT16, FLOAT32 -> shortened(Float.toString((float) tensor.get(i)));
            case FLOAT64 -> print(tensor.get(i));
            case BOOL -> tensor.getLong(i) == 0 ? "false" : "true";
            case UINT64 -> Long.toUnsignedString(tensor.getLong(i));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> Long.toString(tensor.getLong(i));
        };
    }

    static String print(double value) {
        return shortened(Double.toString(value));
    }

    private static String shortened(String java) {
        return switch (java) {
            case "NaN" -> "nan";
            case "Infinity" -> "inf";
            case "-Infinity" -> "-inf";
            default ->
                (java.endsWith(".0") ? java.substring(0, java.length() - 2) : java)
                        .replace(".0E", "e")
                        .replace('E', 'e');
        };
    }

    /// Stores what `text` says as element `i`.
    ///
    /// @throws NumberFormatException if it is not a number, or lies outside the type
    static void parse(String text, Tensor tensor, long i) {
        switch (tensor.type().element()) {
            case FLOAT16, FLOAT64 -> storeReal(number(text), text, tensor, i);
            // Straight to float: by way of double it would be rounded twice.
            case FLOAT32 -> storeReal(isDecimal(text) ? Float.parseFloat(text) : number(text), text, tensor, i);
            case BOOL -> tensor.setLong(i, truth(text) ? 1 : 0);
            case UINT64 -> tensor.setLong(i, Long.parseUnsignedLong(text));
            case INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64 -> {
                long value = Long.parseLong(text);
                tensor.setLong(i, value);
                requireStored(tensor.getLong(i) == value, text, tensor);
            }
        }
    }

    private static void storeReal(double value, String text, Tensor tensor, long i) {
        tensor.set(i, value);
        requireStored(!Double.isInfinite(tensor.get(i)) || !isDecimal(text), text, tensor);
    }

    private static void requireStored(boolean stored, String text, Tensor tensor) {
        if (!stored) {
            throw new NumberFormatException(
                    text + " does not fit " + tensor.type().element());
        }
    }

    /// @throws NumberFormatException if it is none
    static double number(String text) {
        return switch (text) {
            case "nan" -> Double.NaN;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            default -> {
                // Java would take 1f, 0x1p3 and Infinity as well.
                if (!isDecimal(text)) {
                    throw new NumberFormatException("'" + text + "' is not a number");
                }
                yield Double.parseDouble(text);
            }
        };
    }

    private static boolean isDecimal(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> "0123456789.eE+-".indexOf(c) >= 0);
    }

    static boolean truth(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new NumberFormatException("'" + text + "' is neither true nor false");
        };
    }
}
