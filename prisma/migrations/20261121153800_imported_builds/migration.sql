-- AlterTable
ALTER TABLE "Build" ADD COLUMN "imported" BOOLEAN NOT NULL DEFAULT false;
