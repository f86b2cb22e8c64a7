-- AlterTable
ALTER TABLE "Build" ADD COLUMN "figures" TEXT;
