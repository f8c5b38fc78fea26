package dev.sinter.cli.train;

import dev.sinter.cli.file.PathText;
import dev.sinter.frontend.Model;
import dev.sinter.frontend.zoo.Zoo;
import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.training.ClassHead;
import dev.sinter.training.Initialiser;
import dev.sinter.training.PixelInput;
import java.util.Optional;
import java.util.function.LongFunction;

/// A network to train, for any batch: from the zoo, scaled to take pixels, or from a file, taken as it is.
public final class TrainableModel {
    private static final String ZOO = "zoo:";

    private final String name;
    private final LongFunction<Graph> graphs;
    private final Graph single;

    private TrainableModel(String name, LongFunction<Graph> graphs) {
        this.name = name;
        this.graphs = graphs;
        this.single = graphs.apply(1);
    }

    /// @param text `lenet5`, `zoo:lenet5` or a file
    /// @param initialiser makes the weights to start from; empty keeps those there are
    /// @throws CompileException if there is no such model, or it does not take one image and yield one row of numbers
    public static TrainableModel of(String text, long seed, Optional<Initialiser> initialiser) {
        String zoo = text.startsWith(ZOO) ? text.substring(ZOO.length()) : text;
        boolean known = text.startsWith(ZOO) || Zoo.names().contains(text);
        LongFunction<Graph> graphs = known ? batch -> PixelInput.of(Zoo.graph(zoo, batch, seed)) : fromFile(text);
        TrainableModel model = new TrainableModel(
                known ? zoo : text,
                batch -> initialiser
                        .map(one -> one.initialise(graphs.apply(batch), seed))
                        .orElseGet(() -> graphs.apply(batch)));
        model.requireClassifier();
        return model;
    }

    private static LongFunction<Graph> fromFile(String text) {
        Model read = Model.read(PathText.parse(text));
        return batch -> read.withBatch(batch).graph();
    }

    private void requireClassifier() {
        Shape input =
                single.inputs().size() == 1 ? single.inputs().getFirst().type().shape() : Shape.of();
        Shape output = single.outputs().size() == 1
                ? single.outputs().getFirst().type().shape()
                : Shape.of();
        if (input.rank() != 4 || output.rank() != 2 || output.dim(0) != input.dim(0)) {
            throw new CompileException(
                    Code.TRAINING_DATA,
                    name,
                    "takes " + single.inputs() + " and yields " + single.outputs()
                            + " but 'train' needs one input [N,C,H,W] and one output [N,classes]",
                    "other networks are trained through the library only");
        }
    }

    public String name() {
        return name;
    }

    /// The same network with one output per class.
    ///
    /// @throws CompileException if its last layer cannot be made anew
    public TrainableModel forClasses(int classes, long seed) {
        return classes == classes()
                ? this
                : new TrainableModel(name, batch -> ClassHead.of(graphs.apply(batch), classes, seed));
    }

    public Graph batched(long batch) {
        return graphs.apply(batch);
    }

    /// Channels, height and width of an image.
    public Shape image() {
        Shape input = single.inputs().getFirst().type().shape();
        return new Shape(input.dims().subList(1, 4));
    }

    public long classes() {
        return single.outputs().getFirst().type().shape().dim(1);
    }
}
