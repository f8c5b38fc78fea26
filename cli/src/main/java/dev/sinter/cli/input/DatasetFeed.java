package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.graph.Graph;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.Dataset;
import dev.sinter.training.data.FramedDataset;
import dev.sinter.training.data.picture.Pixels;

/// The pictures of a dataset.
///
/// @param name what reports call it
record DatasetFeed(Dataset data, String name, SampleInput input, PixelShape shape, Preparation preparation)
        implements Feed {
    /// @throws CompileException if the network has not one input that takes pictures like these
    static Feeds feeds(Graph graph, Dataset data, String name, Preparation preparation) {
        if (graph.inputs().size() != 1) {
            throw new CompileException(
                    Code.INPUT_NAME,
                    name,
                    "the network has " + graph.inputs().size() + " inputs but a dataset feeds one",
                    "feed files: NAME=PATH for each input");
        }
        SampleInput input = Feeds.sampled(graph.inputs().getFirst(), Feeds.isBatched(graph));
        PixelShape shape = input.pixels()
                .orElseThrow(() -> new CompileException(
                        Code.INPUT_SHAPE,
                        input.name(),
                        "takes " + input.sample() + " and " + name + " is pictures, which need an input [N,C,H,W] or"
                                + " [N,H,W,C] of 1 or 3 channels",
                        null));
        Dataset framed = FramedDataset.of(data, Shape.of(shape.channels(), shape.height(), shape.width()));
        preparation.normalisation().requireChannels(input.name(), shape.channels());
        return Feeds.of(graph, input, new DatasetFeed(framed, name, input, shape, preparation));
    }

    @Override
    public long count() {
        return data.size();
    }

    @Override
    public String label(long i) {
        return name + "[" + i + "]";
    }

    @Override
    public Tensor sample(long i) {
        Pixels picture = new Pixels(shape.channels(), shape.height(), shape.width(), data.example(Math.toIntExact(i)));
        return PictureFeed.tensor(preparation.fit(picture, shape, label(i)), input, shape, preparation.normalisation());
    }
}
