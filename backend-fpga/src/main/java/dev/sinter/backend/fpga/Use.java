package dev.sinter.backend.fpga;

/// How much of something that a chip has is used.
///
/// @param name what people call it
public record Use(String name, long used, long available) {
    /// 1 for all of it; infinite where something is used that is not there.
    public double share() {
        return used == 0 ? 0 : (double) used / available;
    }
}
