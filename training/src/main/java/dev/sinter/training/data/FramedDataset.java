package dev.sinter.training.data;

import dev.sinter.ir.diag.Code;
import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.Shape;
import java.util.List;

/// Pictures in the middle of a larger sheet, as the digits of 28x28 are for a network that takes 32x32
/// ([LeCun et al., 1998](http://yann.lecun.com/exdb/publis/pdf/lecun-98.pdf), section II.B). What is around them is 0.
public final class FramedDataset implements Dataset {
    private final Dataset pictures;
    private final Shape shape;

    private FramedDataset(Dataset pictures, Shape shape) {
        this.pictures = pictures;
        this.shape = shape;
    }

    /// The pictures themselves if they have that shape.
    ///
    /// @param shape channels, height, width
    /// @throws CompileException if they have other channels, or are larger
    public static Dataset of(Dataset pictures, Shape shape) {
        Shape own = pictures.shape();
        if (own.equals(shape)) {
            return pictures;
        }
        if (own.dim(0) != shape.dim(0) || own.dim(1) > shape.dim(1) || own.dim(2) > shape.dim(2)) {
            throw new CompileException(
                    Code.INPUT_SHAPE,
                    "data",
                    "has images " + own + " but the network takes " + shape,
                    "smaller images of as many channels are put in the middle");
        }
        return new FramedDataset(pictures, shape);
    }

    @Override
    public int size() {
        return pictures.size();
    }

    @Override
    public Shape shape() {
        return shape;
    }

    @Override
    public List<String> classes() {
        return pictures.classes();
    }

    @Override
    public int label(int index) {
        return pictures.label(index);
    }

    @Override
    public float[] example(int index) {
        float[] picture = pictures.example(index);
        int height = Math.toIntExact(pictures.shape().dim(1));
        int width = Math.toIntExact(pictures.shape().dim(2));
        int sheetHeight = Math.toIntExact(shape.dim(1));
        int sheetWidth = Math.toIntExact(shape.dim(2));
        int top = (sheetHeight - height) / 2;
        int left = (sheetWidth - width) / 2;
        float[] sheet = new float[Math.toIntExact(shape.elements())];
        for (int row = 0; row < picture.length / width; row++) {
            int channel = row / height;
            int start = (channel * sheetHeight + top + row % height) * sheetWidth + left;
            System.arraycopy(picture, row * width, sheet, start, width);
        }
        return sheet;
    }
}
