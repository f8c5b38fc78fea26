package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.picture.PictureFile;
import dev.sinter.training.data.picture.Pixels;
import java.nio.file.Path;
import java.util.List;

/// Picture files, each one sample.
final class PictureFeed implements Feed {
    private final List<Path> files;
    private final SampleInput input;
    private final PixelShape shape;
    private final Preparation preparation;

    /// @throws CompileException if the input takes no pictures
    PictureFeed(List<Path> files, SampleInput input, Preparation preparation) {
        this.files = List.copyOf(files);
        this.input = input;
        this.preparation = preparation;
        this.shape = input.pixels()
                .orElseThrow(() -> new CompileException(
                        Code.INPUT_SHAPE,
                        input.name(),
                        "takes " + input.sample() + " and " + files.getFirst() + " is a picture, which needs an input"
                                + " [N,C,H,W] or [N,H,W,C] of 1 or 3 channels",
                        "feed an array: a .npy or .pb file"));
        preparation.normalisation().requireChannels(input.name(), shape.channels());
    }

    @Override
    public long count() {
        return files.size();
    }

    @Override
    public String label(long i) {
        return files.get(Math.toIntExact(i)).toString();
    }

    @Override
    public Tensor sample(long i) {
        Pixels picture = PictureFile.read(files.get(Math.toIntExact(i)));
        return tensor(preparation.fit(picture, shape, label(i)), input, shape, preparation.normalisation());
    }

    /// The picture as the network takes it.
    static Tensor tensor(Pixels picture, SampleInput input, PixelShape shape, Normalisation normalisation) {
        Tensor tensor = Tensor.allocate(input.sample());
        int plane = shape.height() * shape.width();
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int i = 0; i < plane; i++) {
                double value = normalisation.apply(picture.planes()[channel * plane + i], channel);
                long at = switch (shape.order()) {
                    case NCHW -> (long) channel * plane + i;
                    case NHWC -> (long) i * shape.channels() + channel;
                };
                input.set(tensor, at, value);
            }
        }
        return tensor;
    }
}
