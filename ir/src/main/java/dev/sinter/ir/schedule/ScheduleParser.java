package dev.sinter.ir.schedule;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.diag.Place;
import dev.sinter.ir.schedule.ScheduleToken.Kind;
import dev.sinter.ir.schedule.WrittenStep.Handle;
import dev.sinter.ir.schedule.WrittenStep.Line;
import dev.sinter.ir.schedule.WrittenStep.WrittenLoop;
import dev.sinter.ir.schedule.WrittenStep.WrittenPlacement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads schedule text, the language of [ScheduleText] and [ScheduleFile].
final class ScheduleParser {
    static final String STEP = "step";

    private static final int LAST_DIMENSION = 2;

    private final ScheduleLexer tokens;

    ScheduleParser(String text, String name) {
        this(text, name, 1);
    }

    /// @param firstLine the number of the text's first line in a larger one
    ScheduleParser(String text, String name, int firstLine) {
        tokens = new ScheduleLexer(text, name, firstLine);
    }

    /// A whole file.
    List<WrittenStep> file() {
        tokens.header(
                ScheduleFile.FORMAT, ScheduleFile.VERSION, "print the schedules again with this version of Sinter");
        List<WrittenStep> steps = new ArrayList<>();
        while (nextLine()) {
            if (!tokens.accept(STEP)) {
                throw tokens.unexpected("'step' and the name of a step");
            }
            Handle name = handle("the name of a step");
            steps.stream().filter(step -> step.name().isSame(name)).findFirst().ifPresent(earlier -> {
                throw new CompileException(
                        Code.SCHEDULE_DUPLICATE,
                        name.place().toString(),
                        "plans step " + name + " but line "
                                + earlier.name().place().line() + " planned it already",
                        "put the lines of both under one of them");
            });
            tokens.endOfLine("the end of the line after a step's name");
            steps.add(new WrittenStep(name, lines()));
        }
        return steps;
    }

    /// The lines of a step by themselves.
    WrittenStep step(String name) {
        return step(name, tokens.peek().place());
    }

    /// @param place where the step is said to begin
    WrittenStep step(String name, Place place) {
        WrittenStep step = new WrittenStep(new Handle(Handles.Name.of(name), 1, place), lines());
        if (tokens.peek().kind() != Kind.END) {
            throw tokens.unexpected("the name of a stage");
        }
        return step;
    }

    /// Whether a line is left that has something on it.
    private boolean nextLine() {
        while (tokens.peek().kind() == Kind.LINE_END) {
            tokens.next();
        }
        return tokens.peek().kind() != Kind.END;
    }

    private List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        while (nextLine() && !tokens.peek().is(STEP)) {
            Handle stage = handle("the name of a stage, or 'step' and the name of a step");
            if (!tokens.accept(':')) {
                throw tokens.unexpected("':' after the name of a stage");
            }
            WrittenPlacement placement = placement();
            List<WrittenLoop> loops = new ArrayList<>();
            if (tokens.accept(';')) {
                do {
                    loops.add(loop());
                } while (tokens.accept(','));
                tokens.endOfLine("',' and another loop, or the end of the line");
            } else {
                tokens.endOfLine("';' and loops, or the end of the line");
            }
            lines.add(new Line(stage, placement, loops));
        }
        return lines;
    }

    private Handle handle(String expected) {
        if (!tokens.peek().isName()) {
            throw tokens.unexpected(expected);
        }
        ScheduleToken name = tokens.next();
        Optional<String> of = tokens.accept('(') ? Optional.of(inBrackets()) : Optional.empty();
        int number = tokens.peek().kind() == Kind.ORDINAL ? number(1, Integer.MAX_VALUE) : 1;
        return new Handle(new Handles.Name(name.text(), of), number, name.place());
    }

    private String inBrackets() {
        if (!tokens.peek().isName()) {
            throw tokens.unexpected("the name of a tensor or a stage after '('");
        }
        String of = tokens.next().text();
        if (tokens.peek().kind() == Kind.ORDINAL) {
            of += "#" + number(1, Integer.MAX_VALUE);
        }
        if (!tokens.accept(')')) {
            throw tokens.unexpected("')' after the name of a tensor or a stage");
        }
        return of;
    }

    private WrittenPlacement placement() {
        String expected = "inline, registers, local, buffer or channel";
        ScheduleToken word = tokens.peek();
        if (word.kind() != Kind.WORD) {
            throw tokens.unexpected(expected);
        }
        return switch (word.text()) {
            case "inline" -> new WrittenPlacement.Plain(past(Placement.INLINE));
            case "registers" -> in(past(Memory.REGISTERS));
            case "local" -> in(past(Memory.LOCAL));
            case "buffer" -> in(past(Memory.BUFFER));
            case "channel" -> in(new Memory.Channel(numberBehind(1, Integer.MAX_VALUE)));
            default -> throw tokens.unexpected(expected);
        };
    }

    private WrittenPlacement in(Memory memory) {
        if (!tokens.accept("at")) {
            return new WrittenPlacement.Plain(new Placement.Root(memory));
        }
        Handle consumer = handle("the name of the stage that it is computed in");
        int computed = number(0, Integer.MAX_VALUE);
        int kept = tokens.accept("kept") ? number(0, computed) : computed;
        return new WrittenPlacement.At(consumer, computed, kept, memory);
    }

    private WrittenLoop loop() {
        Handle axis = handle("the name of an axis");
        long extent = tokens.accept("demand") ? 0 : longNumber(1, Long.MAX_VALUE, " or demand");
        long step = tokens.accept(':') ? longNumber(1, Long.MAX_VALUE, "") : 1;
        LoopKind kind = kind();
        Tail tail = tokens.accept("peel") ? Tail.PEEL : tokens.accept("overlap") ? Tail.OVERLAP : Tail.GUARD;
        return new WrittenLoop(axis, step, extent, kind, tail);
    }

    private LoopKind kind() {
        String expected = "serial, unroll, vector, global, local or pipeline";
        ScheduleToken word = tokens.peek();
        if (word.kind() != Kind.WORD) {
            throw tokens.unexpected(expected);
        }
        return switch (word.text()) {
            case "serial" -> past(LoopKind.SERIAL);
            case "unroll" -> past(LoopKind.UNROLL);
            case "vector" -> past(LoopKind.VECTOR);
            case "global" -> new LoopKind.Global(numberBehind(0, LAST_DIMENSION));
            case "local" -> new LoopKind.Local(numberBehind(0, LAST_DIMENSION));
            case "pipeline" -> new LoopKind.Pipeline(numberBehind(1, Integer.MAX_VALUE));
            default -> throw tokens.unexpected(expected);
        };
    }

    /// What a word means, with the word left behind.
    private <T> T past(T meaning) {
        tokens.next();
        return meaning;
    }

    private int numberBehind(int least, int most) {
        tokens.next();
        return number(least, most);
    }

    private int number(int least, int most) {
        return (int) longNumber(least, most, "");
    }

    /// @param orElse what else there might have been
    private long longNumber(long least, long most, String orElse) {
        ScheduleToken token = tokens.peek();
        long number = token.kind() == Kind.NUMBER || token.kind() == Kind.ORDINAL ? value(token.text()) : -1;
        if (number < least || number > most) {
            throw tokens.unexpected("a whole number from " + least + " to " + most + orElse);
        }
        tokens.next();
        return number;
    }

    /// The number that digits stand for; -1 if that is none, or too large.
    private static long value(String digits) {
        boolean plain = digits.chars().allMatch(c -> c >= '0' && c <= '9');
        try {
            return plain ? Long.parseLong(digits) : -1;
        } catch (NumberFormatException _) {
            return -1;
        }
    }
}
