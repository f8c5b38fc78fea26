package dev.sinter.training.data.picture;

/// Bilinear resizing, with a wider filter where the picture shrinks, so that no pixel is passed over: what Pillow's
/// `Image.resize(size, BILINEAR)` does, on which most published networks were trained.
///
/// Pixels are areas: the middle of output pixel x lies at (x + 0.5) · scale of the input.
public final class Resampling {
    private Resampling() {}

    /// The weights by which input pixels from `first` on make one output pixel.
    private static final class Taps {
        private final int first;
        private final float[] weights;

        Taps(int first, double[] weights, double sum) {
            this.first = first;
            this.weights = new float[weights.length];
            for (int i = 0; i < weights.length; i++) {
                this.weights[i] = (float) (weights[i] / sum);
            }
        }
    }

    public static Pixels resize(Pixels picture, int height, int width) {
        Pixels narrow = picture.width() == width ? picture : horizontally(picture, width);
        return narrow.height() == height ? narrow : vertically(narrow, height);
    }

    /// The shorter side becomes `size`, the other one keeps the proportion, rounded down.
    public static Pixels resizeShortSide(Pixels picture, int size) {
        long height = picture.height();
        long width = picture.width();
        return height <= width
                ? resize(picture, size, Math.toIntExact(size * width / height))
                : resize(picture, Math.toIntExact(size * height / width), size);
    }

    private static Taps[] taps(int from, int to) {
        double scale = (double) from / to;
        double support = Math.max(1, scale);
        Taps[] all = new Taps[to];
        for (int x = 0; x < to; x++) {
            double middle = (x + 0.5) * scale;
            int first = Math.max(0, (int) (middle - support + 0.5));
            int end = Math.min(from, (int) (middle + support + 0.5));
            double[] weights = new double[end - first];
            double sum = 0;
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.max(0, 1 - Math.abs((first + i + 0.5 - middle) / support));
                sum += weights[i];
            }
            all[x] = new Taps(first, weights, sum);
        }
        return all;
    }

    private static Pixels horizontally(Pixels picture, int width) {
        Taps[] taps = taps(picture.width(), width);
        int rows = picture.channels() * picture.height();
        float[] resized = new float[rows * width];
        for (int row = 0; row < rows; row++) {
            for (int x = 0; x < width; x++) {
                int from = row * picture.width() + taps[x].first;
                float[] weights = taps[x].weights;
                float sum = 0;
                for (int i = 0; i < weights.length; i++) {
                    sum += weights[i] * picture.planes()[from + i];
                }
                resized[row * width + x] = sum;
            }
        }
        return new Pixels(picture.channels(), picture.height(), width, resized);
    }

    private static Pixels vertically(Pixels picture, int height) {
        Taps[] taps = taps(picture.height(), height);
        int width = picture.width();
        float[] resized = new float[picture.channels() * height * width];
        for (int channel = 0; channel < picture.channels(); channel++) {
            for (int y = 0; y < height; y++) {
                int to = (channel * height + y) * width;
                float[] weights = taps[y].weights;
                for (int i = 0; i < weights.length; i++) {
                    int from = (channel * picture.height() + taps[y].first + i) * width;
                    for (int x = 0; x < width; x++) {
                        resized[to + x] += weights[i] * picture.planes()[from + x];
                    }
                }
            }
        }
        return new Pixels(picture.channels(), height, width, resized);
    }
}
