package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// How a text tells the things of one list apart, whatever their names: the second `conv` is `conv#2`, and a name that
/// is no plain word is quoted.
public final class Handles<T> {
    private final List<T> things;
    private final Function<T, String> name;

    public Handles(List<T> things, Function<T, String> name) {
        this.things = List.copyOf(things);
        this.name = name;
    }

    /// The stages of a group, in its order.
    static Handles<Stage> ofStages(Group group) {
        return new Handles<>(group.stages(), Stage::name);
    }

    /// The axes of a stage, those that it reduces over last.
    static Handles<Axis> ofAxes(Stage stage) {
        return new Handles<>(
                Stream.concat(stage.axes().stream(), stage.reduction().stream()).toList(), Axis::name);
    }

    /// The name with a number, which the first of a name does without.
    static String text(String name, int number) {
        String word = name.equals(ScheduleParser.STEP) ? Names.quoted(name) : Names.word(name);
        return number == 1 ? word : word + "#" + number;
    }

    /// @throws IllegalArgumentException if the list does not have the thing itself
    public String text(T thing) {
        String own = name.apply(thing);
        int number = 1;
        for (T other : things) {
            if (other == thing) {
                return text(own, number);
            }
            if (name.apply(other).equals(own)) {
                number++;
            }
        }
        throw new IllegalArgumentException(own + " is none of " + all());
    }

    /// The `number`-th thing of a name, counted from 1.
    public Optional<T> find(String wanted, int number) {
        return things.stream()
                .filter(thing -> name.apply(thing).equals(wanted))
                .skip(number - 1L)
                .findFirst();
    }

    public List<String> all() {
        return things.stream().map(this::text).toList();
    }
}
