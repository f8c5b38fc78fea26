package dev.sinter.training.data.digits;

import static java.util.stream.Collectors.groupingBy;

import dev.sinter.ir.diag.CompilerFault;
import dev.sinter.training.data.RandomNumbers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The ways to write each digit, as `strokes.txt` has them.
record Styles(Map<Integer, List<Style>> byDigit) {
    static final Styles STANDARD = read("strokes.txt");

    private static Styles read(String resource) {
        try (InputStream in = Styles.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new CompilerFault("the resource " + resource + " is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// @throws IllegalArgumentException if a line is none, or a digit has no style
    static Styles parse(String text) {
        Map<Integer, List<Style>> byDigit = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Styles::style)
                .collect(groupingBy(Style::digit));
        if (byDigit.size() != 10) {
            throw new IllegalArgumentException("styles for the digits " + byDigit.keySet() + " but 0 to 9 are needed");
        }
        return new Styles(byDigit);
    }

    private static Style style(String line) {
        try {
            String[] sides = line.split(":", 2);
            String[] words = sides[0].strip().split(" +");
            List<Stroke> strokes = new ArrayList<>();
            for (String stroke : sides[1].split(";")) {
                strokes.add(stroke(stroke.strip()));
            }
            return new Style(Integer.parseInt(words[0]), words[1], Integer.parseInt(words[2]), strokes);
        } catch (IllegalArgumentException | IndexOutOfBoundsException wrong) {
            throw new IllegalArgumentException("no style: " + line, wrong);
        }
    }

    private static Stroke stroke(String text) {
        List<List<Point>> pieces = new ArrayList<>();
        List<Point> piece = new ArrayList<>();
        for (String word : text.split(" +")) {
            if (word.equals("|")) {
                pieces.add(piece);
                piece = new ArrayList<>(List.of(piece.getLast()));
            } else {
                String[] numbers = word.split(",", 2);
                piece.add(new Point(Double.parseDouble(numbers[0]), Double.parseDouble(numbers[1])));
            }
        }
        pieces.add(piece);
        return new Stroke(pieces);
    }

    /// One of the digit's styles, each as often as its weight says.
    Style choose(int digit, RandomNumbers random) {
        List<Style> styles = byDigit.getOrDefault(digit, List.of());
        int place = random.below(styles.stream().mapToInt(Style::weight).sum());
        for (Style style : styles) {
            if (place < style.weight()) {
                return style;
            }
            place -= style.weight();
        }
        throw new CompilerFault("weights of digit " + digit + " do not add up");
    }
}
