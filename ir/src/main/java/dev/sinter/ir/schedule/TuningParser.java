package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.schedule.ScheduleToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the text of a [TuningFile], line by line; what is below a kernel is schedule text.
final class TuningParser {
    /// A word of ours and what it says; the line of a stage has a colon behind its name.
    private static final Pattern STATEMENT = Pattern.compile("\\s*[a-z.]+\\s+[^:\\s].*");

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");
    private static final List<String> FACTS =
            List.of(TuningFile.DEVICE, TuningFile.DRIVER, TuningFile.UNITS, TuningFile.SINTER);

    private final List<String> lines;
    private final String name;
    private final List<TuningTable> tables = new ArrayList<>();
    private int next;

    TuningParser(String text, String name) {
        this.lines = text.lines().toList();
        this.name = name;
    }

    /// A line that is not schedule text: a word and its value.
    private record Statement(ScheduleToken word, ScheduleToken value) {
        String what() {
            return word.text();
        }
    }

    List<TuningTable> tables() {
        header();
        while (skipBlank()) {
            Statement first = statement(TuningFile.TARGET + " and the name of a device model");
            if (!first.what().equals(TuningFile.TARGET)) {
                throw first.word().unexpected("'" + TuningFile.TARGET + "' and the name of a device model");
            }
            table(first.value());
        }
        return tables;
    }

    private void header() {
        ScheduleLexer first = skipBlank()
                ? new ScheduleLexer(lines.get(next), name, next + 1)
                : new ScheduleLexer("", name, Math.max(1, next));
        first.header(TuningFile.FORMAT, TuningFile.VERSION, "measure again with this version of Sinter");
        next++;
    }

    private void table(ScheduleToken target) {
        Map<String, ScheduleToken> facts = new HashMap<>();
        List<TunedKernel> kernels = new ArrayList<>();
        while (skipBlank() && !begins(TuningFile.TARGET)) {
            String expected = kernels.isEmpty()
                    ? "device, driver, units, sinter, kernel or target"
                    : "the line of a stage, kernel or target";
            Statement line = statement(expected);
            if (line.what().equals(TuningFile.KERNEL)) {
                kernels.add(kernel(line.value(), kernels));
            } else if (kernels.isEmpty() && FACTS.contains(line.what())) {
                ScheduleToken earlier = facts.putIfAbsent(line.what(), line.value());
                if (earlier != null) {
                    throw twice(line.word().place(), line.what(), earlier.place());
                }
            } else {
                throw line.word().unexpected(expected);
            }
        }
        TunedDevice device = new TunedDevice(
                target.text(),
                text(facts.get(TuningFile.DEVICE)),
                text(facts.get(TuningFile.DRIVER)),
                units(facts.get(TuningFile.UNITS)));
        if (tables.stream().anyMatch(other -> other.device().equals(device))) {
            throw new CompileException(
                    Code.SCHEDULE_DUPLICATE,
                    target.place().toString(),
                    "there is a second table for the same " + target.text(),
                    "put the kernels of both under one of them");
        }
        tables.add(new TuningTable(device, text(facts.get(TuningFile.SINTER)), kernels));
    }

    private static Optional<String> text(@Nullable ScheduleToken token) {
        return Optional.ofNullable(token).map(ScheduleToken::text);
    }

    private static OptionalInt units(@Nullable ScheduleToken token) {
        if (token == null) {
            return OptionalInt.empty();
        }
        if (token.kind() != Kind.NUMBER || !token.text().matches("[1-9][0-9]{0,8}")) {
            throw token.unexpected("a whole number from 1 to 999999999");
        }
        return OptionalInt.of(Integer.parseInt(token.text()));
    }

    private TunedKernel kernel(ScheduleToken form, List<TunedKernel> before) {
        if (!FORM.matcher(form.text()).matches()) {
            throw form.unexpected("the name of a form, 16 digits from 0 to f");
        }
        for (TunedKernel other : before) {
            if (other.form().equals(form.text())) {
                throw twice(form.place(), TuningFile.KERNEL + " " + form.text(), other.place());
            }
        }
        int first = next;
        while (next < lines.size() && !isStatement(lines.get(next))) {
            next++;
        }
        TunedKernel kernel =
                TunedKernel.parse(form.text(), String.join("\n", lines.subList(first, next)), form.place(), first + 1);
        if (kernel.written().lines().isEmpty()) {
            throw new CompileException(
                    Code.TEXT_SYNTAX,
                    form.place().toString(),
                    "kernel " + form.text() + " has no line for any stage",
                    null);
        }
        return kernel;
    }

    private static CompileException twice(Place place, String what, Place earlier) {
        return new CompileException(
                Code.SCHEDULE_DUPLICATE,
                place.toString(),
                "has " + what + " but line " + earlier.line() + " has it already",
                null);
    }

    private static boolean isStatement(String line) {
        return STATEMENT.matcher(line).matches() && !line.stripLeading().startsWith("#");
    }

    private boolean begins(String word) {
        return isStatement(lines.get(next))
                && lines.get(next).strip().split("\\s+", 2)[0].equals(word);
    }

    /// Goes to the next line that has something on it, if there is one.
    private boolean skipBlank() {
        while (next < lines.size()
                && (lines.get(next).isBlank() || lines.get(next).stripLeading().startsWith("#"))) {
            next++;
        }
        return next < lines.size();
    }

    private Statement statement(String expected) {
        int number = next + 1;
        ScheduleLexer tokens = new ScheduleLexer(lines.get(next++), name, number);
        ScheduleToken word = tokens.next();
        if (word.kind() != Kind.WORD) {
            throw word.unexpected(expected);
        }
        ScheduleToken value = tokens.next();
        if (value.kind() != Kind.QUOTED && value.kind() != Kind.WORD && value.kind() != Kind.NUMBER) {
            throw value.unexpected("what " + word.shown() + " is");
        }
        tokens.endOfLine("the end of the line");
        return new Statement(word, value);
    }
}
