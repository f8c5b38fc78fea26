package dev.sinter.ir.analysis;

import dev.sinter.ir.type.Tensor;
import dev.sinter.ir.type.TensorType;

/// What a network is shown, and how it looks when it is moved.
public interface MovablePicture {
    /// @param by one entry per dimension of the picture: how many pixels the content moves towards higher coordinates
    Tensor moved(long... by);

    /// Smooth seeded noise on an endless plane, so that what moves in is as good as what moves out.
    static MovablePicture endless(TensorType type, long seed) {
        return new SmoothNoise(type, seed, false);
    }

    /// The same, faded to zero towards the edges, so that a small move loses nothing.
    static MovablePicture object(TensorType type, long seed) {
        return new SmoothNoise(type, seed, true);
    }

    /// A picture that is given; when it is moved, its edge is repeated behind it.
    static MovablePicture given(Tensor picture) {
        return new GivenPicture(picture);
    }
}
