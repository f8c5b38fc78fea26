package dev.sinter.ir.schedule;

import dev.sinter.ir.expr.Axis;
import dev.sinter.ir.expr.Stage;
import dev.sinter.ir.graph.Names;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// How a text tells the things of one list apart, whatever their names: the second `conv` is `conv#2`, the stage that
/// reads the tensor `x` is `load(x)`, the one that takes what `relu` computes is `take(relu)`, and a name that is no
/// plain word is quoted.
public final class Handles<T> {
    private final List<T> things;
    private final Function<T, Name> name;

    /// What a thing is called, alone or with others.
    ///
    /// @param of the tensor or stage whose elements a stage's are, if it does nothing but read them
    public record Name(String word, Optional<String> of) {
        public static Name of(String word) {
            return new Name(word, Optional.empty());
        }

        @Override
        public String toString() {
            String text = word.equals(ScheduleParser.STEP) ? Names.quoted(word) : Names.word(word);
            return text + of.map(read -> "(" + Names.word(read) + ")").orElse("");
        }
    }

    public Handles(List<T> things, Function<T, String> name) {
        this.things = List.copyOf(things);
        this.name = thing -> Name.of(name.apply(thing));
    }

    private Handles(Function<T, Name> name, List<T> things) {
        this.things = List.copyOf(things);
        this.name = name;
    }

    /// The stages of a group, in its order.
    static Handles<Stage> ofStages(Group group) {
        return ofStages(group, TensorNames.OWN);
    }

    /// @param tensors what the text calls the tensors that the group reads
    static Handles<Stage> ofStages(Group group, TensorNames tensors) {
        return new Handles<>(
                stage -> new Name(
                        stage.name(),
                        Staging.tensor(stage)
                                .map(tensors::of)
                                .or(() -> Staging.taken(stage).map(taken -> plain(taken, group)))),
                group.stages());
    }

    private static String plain(Stage stage, Group group) {
        return new Handles<>(group.stages(), Stage::name).text(stage);
    }

    /// The axes of a stage, those that it reduces over last.
    static Handles<Axis> ofAxes(Stage stage) {
        return new Handles<>(
                Stream.concat(stage.axes().stream(), stage.reduction().stream()).toList(), Axis::name);
    }

    /// The name with a number, which the first of a name does without.
    static String text(Name name, int number) {
        return number == 1 ? name.toString() : name + "#" + number;
    }

    /// @throws IllegalArgumentException if the list does not have the thing itself
    public String text(T thing) {
        Name own = name.apply(thing);
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

    /// What a text means by a handle.
    public Optional<T> find(WrittenStep.Handle handle) {
        return things.stream()
                .filter(thing -> name.apply(thing).equals(handle.name()))
                .skip(handle.number() - 1L)
                .findFirst();
    }

    /// What a text means that is no more than a name: as [#text(Object)] has it, or the first of that name without
    /// quotes.
    public Optional<T> find(String written) {
        return Stream.concat(
                        things.stream().filter(thing -> text(thing).equals(written)),
                        things.stream().filter(thing -> name.apply(thing).word().equals(written)))
                .findFirst();
    }

    public List<String> all() {
        return things.stream().map(this::text).toList();
    }
}
