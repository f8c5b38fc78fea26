package dev.sinter.hardware;

import dev.sinter.ir.diag.NearestNames;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A mapping of a hardware file, read key by key. A fault is noted and some legal value returned, so that the reading
/// goes on to the next.
final class Section {
    private static final BigDecimal LARGEST = new BigDecimal(1L << 60);

    /// Java's compiler of expressions recurses into groups.
    private static final int LONGEST_PATTERN = 1000;

    private final String path;
    private final Faults faults;

    /// Empty if there is no such section: that was told already, and so what it lacks is not.
    private final Optional<MappingNode> node;

    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();

    private Section(String path, Optional<MappingNode> node, Faults faults) {
        this.path = path;
        this.node = node;
        this.faults = faults;
        for (NodeTuple tuple : node.map(MappingNode::getValue).orElse(List.of())) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                faults.add(tuple.getKeyNode(), "found a list or mapping as a key but expected a word", null);
                continue;
            }
            if (keys.putIfAbsent(key.getValue(), key) == null) {
                values.put(key.getValue(), tuple.getValueNode());
            } else {
                faults.add(
                        key, "found key " + path + Faults.shown(key.getValue()) + " twice but expected it once", null);
            }
        }
    }

    /// @param path the keys that lead here, each followed by a point
    static Section of(String path, Node node, Faults faults) {
        if (node instanceof MappingNode mapping) {
            return new Section(path, Optional.of(mapping), faults);
        }
        String where = path.isEmpty() ? "" : " at " + path.substring(0, path.length() - 1);
        faults.add(node, "found " + shown(node) + where + " but expected keys and values", null);
        return new Section(path, Optional.empty(), faults);
    }

    boolean has(String key) {
        known.add(key);
        return values.containsKey(key);
    }

    <T> Optional<T> optional(String key, Function<String, T> read) {
        return has(key) ? Optional.of(read.apply(key)) : Optional.empty();
    }

    String text(String key) {
        return scalar(key, "a text", text -> text.isBlank() ? Optional.empty() : Optional.of(text))
                .orElse("missing");
    }

    long whole(String key, long least, long most) {
        return scalar(
                        key,
                        "a whole number from " + least + " to " + most,
                        text -> Numbers.parse(text)
                                .filter(Numbers::isWhole)
                                .map(BigDecimal::longValueExact)
                                .filter(number -> number >= least && number <= most))
                .orElse(least);
    }

    double number(String key) {
        return scalar(key, "a number above 0", text -> Numbers.parse(text).filter(number -> number.signum() > 0))
                .map(BigDecimal::doubleValue)
                .orElse(1.0);
    }

    /// Above 0, in base units.
    double quantity(String key, Unit unit) {
        return scalar(
                        key,
                        "above 0: " + unit.expected(),
                        text -> unit.parse(text)
                                .filter(amount -> amount.signum() > 0 && amount.compareTo(LARGEST) <= 0))
                .map(BigDecimal::doubleValue)
                .orElse(1.0);
    }

    /// From `least` on, in base units.
    long size(String key, Unit unit, long least) {
        return scalar(
                        key,
                        "at least " + least + ": " + unit.expected(),
                        text -> unit.parse(text)
                                .filter(amount -> amount.compareTo(LARGEST) <= 0)
                                .map(BigDecimal::longValueExact)
                                .filter(amount -> amount >= least))
                .orElse(1L);
    }

    /// One of an enum's constants, in lower case.
    <E extends Enum<E>> E word(String key, Class<E> type) {
        List<E> constants = List.of(type.getEnumConstants());
        List<String> words = constants.stream()
                .map(constant -> constant.name().toLowerCase(Locale.ROOT))
                .toList();
        return constants.get(words.indexOf(choice(key, words)));
    }

    /// One of some words.
    String choice(String key, List<String> words) {
        return scalar(
                        key,
                        "one of " + String.join(", ", words),
                        text -> Optional.of(text).filter(words::contains))
                .orElse(words.getFirst());
    }

    Pattern pattern(String key) {
        return scalar(key, "a regular expression", Section::compiled).orElse(Pattern.compile(""));
    }

    private static Optional<Pattern> compiled(String text) {
        try {
            return text.length() > LONGEST_PATTERN ? Optional.empty() : Optional.of(Pattern.compile(text));
        } catch (PatternSyntaxException _) {
            return Optional.empty();
        }
    }

    Section section(String key) {
        String inner = path + key + ".";
        return value(key, "keys and values")
                .map(value -> of(inner, value, faults))
                .orElseGet(() -> new Section(inner, Optional.empty(), faults));
    }

    /// The sections in a list.
    List<Section> sections(String key) {
        Optional<Node> value = value(key, "a list");
        if (value.isEmpty()) {
            return List.of();
        }
        if (!(value.get() instanceof SequenceNode list)) {
            faults.add(value.get(), "found " + shown(value.get()) + " at " + path + key + " but expected a list", null);
            return List.of();
        }
        return list.getValue().stream()
                .map(item -> of(path + key + ".", item, faults))
                .toList();
    }

    /// Notes a fault at a key's value.
    void fault(String key, String fact) {
        faults.add(Optional.ofNullable(values.get(key)).flatMap(Node::getStartMark), fact, null);
    }

    /// Notes the keys that nothing has read.
    void finish() {
        keys.forEach((key, at) -> {
            if (!known.contains(key)) {
                faults.add(
                        at,
                        "found key " + path + Faults.shown(key) + " but expected one of " + String.join(", ", known),
                        NearestNames.hint(Faults.shown(key), known).orElse(null));
            }
        });
    }

    private <T> Optional<T> scalar(String key, String expected, Function<String, Optional<T>> parse) {
        Optional<Node> value = value(key, expected);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        Optional<T> parsed =
                value.get() instanceof ScalarNode scalar ? parse.apply(scalar.getValue()) : Optional.empty();
        if (parsed.isEmpty()) {
            faults.add(
                    value.get(),
                    "found " + shown(value.get()) + " at " + path + key + " but expected " + expected,
                    null);
        }
        return parsed;
    }

    private Optional<Node> value(String key, String expected) {
        known.add(key);
        Optional<Node> value = Optional.ofNullable(values.get(key));
        if (value.isEmpty() && node.isPresent()) {
            faults.add(node.get(), "lacks key " + path + key + " but expected it with " + expected, null);
        }
        return value;
    }

    private static String shown(Node node) {
        return switch (node) {
            case ScalarNode scalar when scalar.getValue().isEmpty() -> "nothing";
            case ScalarNode scalar -> "'" + Faults.shown(scalar.getValue()) + "'";
            case SequenceNode _ -> "a list";
            case MappingNode _ -> "a mapping";
            default -> "something else";
        };
    }
}
