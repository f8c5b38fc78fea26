package dev.sinter.training.data.picture;

/// A picture as numbers, as a rule from 0 to 255, one plane per channel.
public final class Pixels {
    private final int channels;
    private final int height;
    private final int width;
    private final float[] planes;

    /// @param planes `[channels, height, width]`, row-major; this picture's from now on
    public Pixels(int channels, int height, int width, float[] planes) {
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.planes = planes;
        if (planes.length != channels * height * width) {
            throw new IllegalArgumentException(
                    planes.length + " numbers for " + channels + "x" + height + "x" + width + " pixels");
        }
    }

    public int channels() {
        return channels;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /// `[channels, height, width]`, row-major.
    public float[] planes() {
        return planes;
    }

    public float at(int channel, int y, int x) {
        return planes[(channel * height + y) * width + x];
    }

    /// The middle of the picture; half a pixel too many is cut off at the left and top.
    public Pixels centreCrop(int newHeight, int newWidth) {
        int top = (height - newHeight) / 2;
        int left = (width - newWidth) / 2;
        float[] cropped = new float[channels * newHeight * newWidth];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < newHeight; y++) {
                int from = (channel * height + top + y) * width + left;
                System.arraycopy(planes, from, cropped, (channel * newHeight + y) * newWidth, newWidth);
            }
        }
        return new Pixels(channels, newHeight, newWidth, cropped);
    }

    /// The channels in reverse: BGR for RGB.
    public Pixels reversed() {
        float[] reversed = new float[planes.length];
        int plane = height * width;
        for (int channel = 0; channel < channels; channel++) {
            System.arraycopy(planes, channel * plane, reversed, (channels - 1 - channel) * plane, plane);
        }
        return new Pixels(channels, height, width, reversed);
    }

    /// One channel as three, or three as one (luma after ITU-R BT.601); others stay as they are.
    public Pixels withChannels(int wanted) {
        if (channels == 1 && wanted == 3) {
            float[] tripled = new float[3 * planes.length];
            for (int channel = 0; channel < 3; channel++) {
                System.arraycopy(planes, 0, tripled, channel * planes.length, planes.length);
            }
            return new Pixels(3, height, width, tripled);
        }
        if (channels == 3 && wanted == 1) {
            int plane = height * width;
            float[] luma = new float[plane];
            for (int i = 0; i < plane; i++) {
                luma[i] = 0.299f * planes[i] + 0.587f * planes[plane + i] + 0.114f * planes[2 * plane + i];
            }
            return new Pixels(1, height, width, luma);
        }
        return this;
    }
}
