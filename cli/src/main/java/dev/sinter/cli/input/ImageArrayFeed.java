package dev.sinter.cli.input;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.Tensor;
import dev.sinter.training.data.picture.Pixels;

/// Pictures in one array of bytes, as IDX files hold them: `[N,H,W]` or `[N,H,W,C]`. They are resized and coloured for
/// the network as picture files are.
final class ImageArrayFeed implements Feed {
    private final Tensor images;
    private final String name;
    private final SampleInput input;
    private final PixelShape shape;
    private final Preparation preparation;
    private final int height;
    private final int width;
    private final int channels;

    ImageArrayFeed(Tensor images, String name, SampleInput input, PixelShape shape, Preparation preparation) {
        this.images = images;
        this.name = name;
        this.input = input;
        this.shape = shape;
        this.preparation = preparation;
        this.height = Math.toIntExact(images.shape().dim(1));
        this.width = Math.toIntExact(images.shape().dim(2));
        this.channels =
                images.shape().rank() == 4 ? Math.toIntExact(images.shape().dim(3)) : 1;
        if (height == 0 || width == 0) {
            throw new CompileException(Code.INPUT_DATA, name, "holds images without pixels: " + images.type(), null);
        }
        preparation.normalisation().requireChannels(input.name(), shape.channels());
    }

    static boolean accepts(Shape shape) {
        return shape.rank() == 3 || shape.rank() == 4 && (shape.dim(3) == 1 || shape.dim(3) == 3);
    }

    @Override
    public long count() {
        return images.shape().dim(0);
    }

    @Override
    public String label(long i) {
        return name + "[" + i + "]";
    }

    @Override
    public Tensor sample(long i) {
        int plane = height * width;
        float[] planes = new float[channels * plane];
        long start = i * planes.length;
        for (int pixel = 0; pixel < plane; pixel++) {
            for (int channel = 0; channel < channels; channel++) {
                planes[channel * plane + pixel] = (float) images.get(start + (long) pixel * channels + channel);
            }
        }
        Pixels picture = new Pixels(channels, height, width, planes);
        return PictureFeed.tensor(preparation.fit(picture, shape, label(i)), input, shape, preparation.normalisation());
    }
}
