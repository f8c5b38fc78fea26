package dev.sinter.training.data.digits;

import java.util.List;

/// One way to write a digit.
///
/// @param weight how often it is chosen, compared with the digit's other styles
record Style(int digit, String name, int weight, List<Stroke> strokes) {
    Style {
        strokes = List.copyOf(strokes);
        if (digit < 0 || digit > 9) {
            throw new IllegalArgumentException("digit " + digit + " must be from 0 to 9");
        }
        if (weight < 1) {
            throw new IllegalArgumentException("weight " + weight + " must be at least 1");
        }
        if (strokes.isEmpty()) {
            throw new IllegalArgumentException("a digit without strokes");
        }
    }
}
