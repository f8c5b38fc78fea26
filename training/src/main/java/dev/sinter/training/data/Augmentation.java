package dev.sinter.training.data;

/// By how much pictures may be changed at random, for a network to see more than there are.
///
/// @param shift in pixels, each way
/// @param turn in degrees, each way
/// @param scale as a share: 0.1 is from 10 % smaller to 10 % larger
public record Augmentation(double shift, double turn, double scale) {
    /// What a digit stays the same digit under.
    public static final Augmentation LIGHT = new Augmentation(1.5, 8, 0.1);

    public Augmentation {
        if (!(shift >= 0) || !(turn >= 0) || !(scale >= 0 && scale < 1)) {
            throw new IllegalArgumentException("shift " + shift + " and turn " + turn
                    + " must not be negative, and scale " + scale + " must be from 0 to below 1");
        }
    }

    /// A changed copy: shifted, turned and scaled around its middle, pixels interpolated from their four neighbours.
    /// What comes in from outside is 0.
    ///
    /// @param planes `[channels, height, width]`
    float[] apply(float[] planes, int height, int width, RandomNumbers random) {
        double down = random.between(-shift, shift);
        double right = random.between(-shift, shift);
        double angle = random.between(-turn, turn) * Math.PI / 180;
        double size = random.between(1 - scale, 1 + scale);
        double cos = StrictMath.cos(angle) / size;
        double sin = StrictMath.sin(angle) / size;
        int plane = height * width;
        float[] changed = new float[planes.length];
        for (int i = 0; i < planes.length; i++) {
            int row = i % plane / width;
            double y = row - (height - 1) / 2.0 - down;
            double x = i % plane % width - (width - 1) / 2.0 - right;
            changed[i] = at(
                    planes,
                    i / plane * plane,
                    cos * y - sin * x + (height - 1) / 2.0,
                    sin * y + cos * x + (width - 1) / 2.0,
                    height,
                    width);
        }
        return changed;
    }

    private static float at(float[] planes, int start, double y, double x, int height, int width) {
        int top = (int) Math.floor(y);
        int left = (int) Math.floor(x);
        double value = 0;
        for (int row = top; row <= top + 1; row++) {
            for (int column = left; column <= left + 1; column++) {
                if (row >= 0 && row < height && column >= 0 && column < width) {
                    double weight = (1 - Math.abs(y - row)) * (1 - Math.abs(x - column));
                    value += weight * planes[start + row * width + column];
                }
            }
        }
        return (float) value;
    }
}
