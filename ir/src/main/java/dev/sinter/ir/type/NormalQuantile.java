package dev.sinter.ir.type;

/// The inverse of the standard normal distribution function, to about 7 digits (PPND7 of algorithm AS 241, Wichura,
/// 1988). Only operations that Java defines to the last bit.
final class NormalQuantile {
    private NormalQuantile() {}

    static double of(double probability) {
        double q = probability - 0.5;
        if (Math.abs(q) <= 0.425) {
            double r = 0.180625 - q * q;
            double above = ((59.109374720 * r + 159.29113202) * r + 50.434271938) * r + 3.3871327179;
            double below = ((67.187563600 * r + 78.757757664) * r + 17.895169469) * r + 1;
            return q * above / below;
        }
        double tail = StrictMath.sqrt(-StrictMath.log(Math.min(probability, 1 - probability)));
        return Math.copySign(tail <= 5 ? near(tail - 1.6) : far(tail - 5), q);
    }

    private static double near(double r) {
        double above = ((0.17023821103 * r + 1.3067284816) * r + 2.7568153900) * r + 1.4234372777;
        double below = (0.12021132975 * r + 0.73700164250) * r + 1;
        return above / below;
    }

    private static double far(double r) {
        double above = ((0.017337203997 * r + 0.42868294337) * r + 3.0812263860) * r + 6.6579051150;
        double below = (0.012258202635 * r + 0.24197894225) * r + 1;
        return above / below;
    }
}
