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
    private final Slot slot;
    private final PixelShape shape;
    private final Preparation preparation;

    /// @throws CompileException if the input takes no pictures
    PictureFeed(List<Path> files, Slot slot, Preparation preparation) {
        this.files = List.copyOf(files);
        this.slot = slot;
        this.preparation = preparation;
        this.shape = slot.pixels()
                .orElseThrow(() -> new CompileException(
                        Code.INPUT_SHAPE,
                        slot.name(),
                        "takes " + slot.sample() + " and " + files.getFirst() + " is a picture, which needs an input"
                                + " [N,C,H,W] or [N,H,W,C] of 1 or 3 channels",
                        "feed an array: a .npy or .pb file"));
        preparation.normalisation().requireChannels(slot.name(), shape.channels());
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
        return tensor(preparation.fit(picture, shape, label(i)), slot, shape, preparation.normalisation());
    }

    /// The picture as the network takes it.
    static Tensor tensor(Pixels picture, Slot slot, PixelShape shape, Normalisation normalisation) {
        Tensor tensor = Tensor.allocate(slot.sample());
        int plane = shape.height() * shape.width();
        for (int channel = 0; channel < shape.channels(); channel++) {
            for (int i = 0; i < plane; i++) {
                double value = normalisation.apply(picture.planes()[channel * plane + i], channel);
                long at = switch (shape.order()) {
                    case NCHW -> (long) channel * plane + i;
                    case NHWC -> (long) i * shape.channels() + channel;
                };
                slot.set(tensor, at, value);
            }
        }
        return tensor;
    }
}
